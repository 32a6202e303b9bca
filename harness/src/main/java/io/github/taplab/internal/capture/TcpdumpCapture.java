package io.github.taplab.internal.capture;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.IncompleteCaptureException;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.ByteStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** tcpdump in a container, whose packets arrive here as they are recorded. */
public final class TcpdumpCapture implements Capture {

    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration PROOF = Duration.ofSeconds(10);
    private static final Duration END = Duration.ofSeconds(5);
    // A fault may lose a marker, as any frame that leaves the interface.
    private static final Duration NEXT_MARKER = Duration.ofMillis(500);
    private static final String BANNER = "listening on ";
    private static final int MOST_WORDS = 4000;
    private static final int MOST_LISTED = 50;

    private final String place;
    private final Recorder recorder;
    // For whoever asks for a proof: the answers do not say to whom.
    private final ReentrantLock asking = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Frame> frames = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean recording;
    private boolean closing;
    private boolean ended;
    private @Nullable String flaw;
    private @Nullable Marker awaited;
    private @Nullable String sendFailure;
    private @Nullable PacketLoss counted;

    private TcpdumpCapture(String node, String link, ByteStream stream) {
        place = link + " on " + node;
        recorder = new Recorder(stream, new Told());
    }

    /** Starts to record; recording has begun when this returns. */
    public static Capture start(String node, String link, String filter, Function<List<String>, ByteStream> opener) {
        if (link.equals("any")) {
            throw new IllegalArgumentException(
                    "A capture is of one Ethernet interface of %s, found any, which stands for all".formatted(node));
        }
        ByteStream stream = opener.apply(Recorder.process(link, argv(link, filter)));
        TcpdumpCapture capture = new TcpdumpCapture(node, link, stream);
        Thread reader = new Thread(capture::read, "taplab-capture");
        reader.setDaemon(true);
        reader.start();
        capture.awaitRecording();
        return capture;
    }

    // -p: promiscuous mode would make an interface take in frames that it drops otherwise, and so change what is
    // observed.
    // -U and immediate mode: each packet at once. The file's header is written when the socket listens: its arrival
    // says that recording began.
    static List<String> argv(String link, String filter) {
        List<String> argv = new ArrayList<>(
                List.of("tcpdump", "-p", "-U", "--immediate-mode", "-n", "-s", "256", "-i", link, "-w", "-"));
        if (!filter.isBlank()) {
            argv.add("%s or (%s)".formatted(Marker.FILTER, filter));
        }
        return argv;
    }

    private void read() {
        try (recorder;
                DataInputStream in = new DataInputStream(recorder)) {
            PcapReader pcap = new PcapReader(in, this::isMarker);
            update(() -> recording = true);
            while (true) {
                Frame frame = pcap.next();
                update(() -> frames.add(frame));
            }
        } catch (EOFException e) {
            String said = recorder.lastWords();
            update(() ->
                    end("the stream of tcpdump's output broke off%s".formatted(said.isEmpty() ? "" : ": " + said)));
        } catch (IOException e) {
            update(() -> end("what tcpdump wrote can't be read: " + e.getMessage()));
        }
    }

    private boolean isMarker(ByteBuffer octets) {
        Optional<Marker> marker = Marker.in(octets);
        marker.ifPresent(seen -> update(() -> awaited = seen.equals(awaited) ? null : awaited));
        return marker.isPresent();
    }

    /** What the process says beside the packets. */
    private final class Told implements Recorder.Listener {

        @Override
        public void marked(boolean carrier) {
            if (!carrier) {
                update(() -> sendFailure = "it is down or has no carrier");
            }
        }

        @Override
        public void unmarked(String reason) {
            update(() -> sendFailure = reason);
        }

        @Override
        public void said(String line) {
            Optional<PacketLoss> loss = PacketLoss.in(line);
            update(() -> {
                if (loss.isPresent()) {
                    counted = loss.get();
                } else if (!line.contains(BANNER) && !PacketLoss.isCounter(line) && words.length() < MOST_WORDS) {
                    words.append(line).append('\n');
                }
            });
        }

        @Override
        public void ended(String how) {
            String said = words.toString().strip();
            update(() -> end("tcpdump ended %s and said %s".formatted(how, said.isEmpty() ? "nothing" : said)));
        }
    }

    private void end(String how) {
        ended = true;
        if (!closing && flaw == null) {
            flaw = how;
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitRecording() {
        try {
            lock.lockInterruptibly();
            try {
                if (!come(() -> recording || ended, System.nanoTime() + START.toNanos())) {
                    recorder.end();
                    throw new DeadlineExceededException("tcpdump on %s does not record: nothing came within %d s"
                            .formatted(place, START.toSeconds()));
                }
                if (!recording) {
                    throw new IllegalStateException("tcpdump on %s does not record: %s".formatted(place, flaw));
                }
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            recorder.end();
            throw new InterruptedWaitException("tcpdump on %s records".formatted(place), e);
        }
    }

    /** Waits, with the lock, for what the reader tells; false if it has not come in time. */
    private boolean come(BooleanSupplier event, long until) throws InterruptedException {
        while (!event.getAsBoolean()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            changed.awaitNanos(left);
        }
        return true;
    }

    /** Returns when all that has passed until now is among the frames. */
    private void prove(Duration deadline) throws NotWholeException, InterruptedException {
        long until = System.nanoTime() + deadline.toNanos();
        asking.lockInterruptibly();
        try {
            lock.lockInterruptibly();
            try {
                if (!ended || flaw != null) {
                    seeMarker(until, deadline);
                    seeNoLoss(until, deadline);
                }
            } finally {
                lock.unlock();
            }
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
            if (now - until >= 0) {
                throw new NotWholeException(
                        "it recorded none of the %d marker frames that it sent within %d ms: tcpdump is stuck, or they got lost before they left"
                                .formatted(sent, deadline.toMillis()));
            }
            recorder.mark(marker);
            long next = now + NEXT_MARKER.toNanos();
            come(() -> awaited == null || ended || sendFailure != null, next - until < 0 ? next : until);
            if (awaited != null && sendFailure != null) {
                requireNoFlaw();
                throw new NotWholeException("the interface can't send a marker frame: " + sendFailure);
            }
        }
    }

    private void seeNoLoss(long until, Duration deadline) throws NotWholeException, InterruptedException {
        counted = null;
        recorder.count();
        if (!come(() -> counted != null || ended, until)) {
            throw new NotWholeException(
                    "tcpdump did not tell how many packets it lost within %d ms".formatted(deadline.toMillis()));
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
        if (flaw != null) {
            throw new NotWholeException(flaw);
        }
        if (ended) {
            throw new NotWholeException("it was closed at the same time");
        }
    }

    private List<Frame> recorded() {
        lock.lock();
        try {
            return List.copyOf(frames);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Frame> frames() {
        try {
            prove(PROOF);
        } catch (NotWholeException e) {
            throw incomplete(e.reason(), "");
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("all frames on " + place, e);
        }
        return recorded();
    }

    @Override
    public Frame await(String what, Predicate<Frame> wanted, Duration deadline) {
        long until = System.nanoTime() + deadline.toNanos();
        int next = 0;
        try {
            for (; isThere(next, until); next++) {
                Frame frame = recorded(next);
                if (wanted.test(frame)) {
                    return frame;
                }
            }
            // That there was none is a verdict too.
            prove(PROOF);
        } catch (NotWholeException e) {
            throw incomplete(e.reason(), "%nwaited for: %s%nseen until then:%n%s".formatted(what, listed(recorded())));
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("a frame on %s: %s".formatted(place, what), e);
        }
        List<Frame> all = recorded();
        return all.stream()
                .skip(next)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No frame on %s within %d ms: %s%nseen instead:%n%s"
                        .formatted(place, deadline.toMillis(), what, listed(all))));
    }

    // Also false when a frame is there, but the time is up.
    private boolean isThere(int index, long until) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return come(() -> index < frames.size() || ended, until)
                    && index < frames.size()
                    && System.nanoTime() - until < 0;
        } finally {
            lock.unlock();
        }
    }

    private Frame recorded(int index) {
        lock.lock();
        try {
            return frames.get(index);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void assertNone(String what, Predicate<Frame> unwanted) {
        String missed = null;
        try {
            prove(PROOF);
        } catch (NotWholeException e) {
            missed = e.reason();
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("proof that no frame passed %s: %s".formatted(place, what), e);
        }
        List<Frame> found = recorded().stream().filter(unwanted).toList();
        // One that was seen is a verdict, whatever else was missed.
        if (!found.isEmpty()) {
            throw new AssertionError(
                    "Frames on %s where there should be none: %s%nseen:%n%s".formatted(place, what, listed(found)));
        }
        if (missed != null) {
            throw incomplete(missed, "%nasked for: no %s".formatted(what));
        }
    }

    private IncompleteCaptureException incomplete(String reason, String question) {
        return new IncompleteCaptureException(
                "The capture on %s may have missed frames: %s%s".formatted(place, reason, question));
    }

    private static String listed(List<Frame> frames) {
        if (frames.isEmpty()) {
            return "  nothing";
        }
        String shown =
                frames.stream().limit(MOST_LISTED).map(frame -> "  " + frame).collect(Collectors.joining("\n"));
        return frames.size() <= MOST_LISTED ? shown : shown + "\n  and %d more".formatted(frames.size() - MOST_LISTED);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        String missed = null;
        try {
            prove(END);
        } catch (NotWholeException e) {
            missed = e.reason();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missed = "the thread that closed it was interrupted";
        }
        lock.lock();
        try {
            flaw = flaw == null ? missed : flaw;
            closing = true;
            recorder.end();
            // The process ends by itself, so nobody has to wait for it; the next lab is just quieter then.
            come(() -> ended, System.nanoTime() + END.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
