package io.github.taplab.internal.capture;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a recording has missed nothing until now: a marker that was sent has been recorded, so everything before
 * it has, and nothing was lost on the way.
 */
final class WholenessProof {

    // A fault may lose a marker, as any frame that leaves the interface.
    private static final Duration NEXT_MARKER = Duration.ofMillis(500);
    // tcpdump notes that it has been asked in a variable of its signal handler; once on a busy machine none was told.
    private static final Duration NEXT_COUNT = Duration.ofSeconds(2);

    private final Monitor monitor;
    private final Subject subject;
    // For whoever asks for a proof: the answers do not say to whom.
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable Marker awaited;
    private @Nullable String sendFailure;
    private @Nullable PacketLoss counted;

    /** What is to be proved whole; it is asked with the monitor's lock. */
    interface Subject {

        /** Sends a marker, which is told when it has been recorded. */
        void mark(Marker marker);

        /** Has the losses told. */
        void count();

        boolean hasEnded();

        /** Why it is known not to be whole. */
        @Nullable
        String flaw();
    }

    WholenessProof(Monitor monitor, Subject subject) {
        this.monitor = monitor;
        this.subject = subject;
    }

    /** Takes in that a marker has been recorded, of whichever capture. */
    void recorded(Marker marker) {
        monitor.change(() -> awaited = marker.equals(awaited) ? null : awaited);
    }

    /** Takes in that a marker was sent. */
    void sent(boolean carrier) {
        if (!carrier) {
            notSent("it is down or has no carrier");
        }
    }

    /** Takes in that a marker could not be sent. */
    void notSent(String reason) {
        monitor.change(() -> sendFailure = reason);
    }

    /** Takes in the losses. */
    void counted(PacketLoss loss) {
        monitor.change(() -> counted = loss);
    }

    /**
     * Returns when all that has passed until now has been recorded. What has ended in order was proved then.
     *
     * @throws NotWholeException if that can't be proved within the deadline
     */
    void prove(Duration deadline) throws NotWholeException, InterruptedException {
        long until = System.nanoTime() + deadline.toNanos();
        asking.lockInterruptibly();
        try {
            monitor.holding(() -> {
                if (!subject.hasEnded() || subject.flaw() != null) {
                    seeMarker(until, deadline);
                    seeNoLoss(until, deadline);
                }
            });
        } finally {
            asking.unlock();
        }
    }

    private void seeMarker(long until, Duration deadline) throws NotWholeException, InterruptedException {
        Marker marker = Marker.fresh();
        awaited = marker;
        sendFailure = null;
        for (int sent = 0; awaited != null; sent++) {
            requireNoFlaw();
            long now = System.nanoTime();
            // Who was held up until now asks once all the same.
            if (sent > 0 && now - until >= 0) {
                throw new NotWholeException(
                        "it recorded none of the %d marker frames that it sent within %d ms: tcpdump is stuck, or they got lost before they left"
                                .formatted(sent, deadline.toMillis()));
            }
            subject.mark(marker);
            long next = now + NEXT_MARKER.toNanos();
            monitor.come(
                    () -> awaited == null || subject.hasEnded() || sendFailure != null,
                    next - until < 0 ? next : until);
            if (awaited != null && sendFailure != null) {
                requireNoFlaw();
                throw new NotWholeException("the interface can't send a marker frame: " + sendFailure);
            }
        }
    }

    private void seeNoLoss(long until, Duration deadline) throws NotWholeException, InterruptedException {
        counted = null;
        int asked = 0;
        boolean told = false;
        while (!told) {
            long now = System.nanoTime();
            if (asked > 0 && now - until >= 0) {
                throw new NotWholeException(
                        "tcpdump did not tell how many packets it lost within %d ms, though it was asked %d times"
                                .formatted(deadline.toMillis(), asked));
            }
            subject.count();
            asked++;
            long next = now + NEXT_COUNT.toNanos();
            told = monitor.come(() -> counted != null || subject.hasEnded(), next - until < 0 ? next : until);
        }
        requireNoFlaw();
        PacketLoss loss = counted;
        if (loss == null) {
            throw new NotWholeException("it was closed before tcpdump told how many packets it lost");
        }
        if (!loss.isNone()) {
            throw new NotWholeException(loss.toString());
        }
    }

    private void requireNoFlaw() throws NotWholeException {
        String flaw = subject.flaw();
        if (flaw != null) {
            throw new NotWholeException(flaw);
        }
        if (subject.hasEnded()) {
            throw new NotWholeException("it was closed at the same time");
        }
    }
}
