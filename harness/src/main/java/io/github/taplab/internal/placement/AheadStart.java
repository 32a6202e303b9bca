package io.github.taplab.internal.placement;

import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of a lab that has begun before anybody asked for it. */
final class AheadStart<L extends AutoCloseable> {

    private static final Logger LOG = LoggerFactory.getLogger(AheadStart.class);
    // The lab has a deadline of its own, which says more.
    private static final Duration LONGEST = Duration.ofMinutes(45);

    private final LabStarts<L> starts;
    private final LabRequest madeFor;
    private final Berth<L> space;
    private final Thread thread;
    private final CompletableFuture<L> lab = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean had = new AtomicBoolean();
    private volatile boolean givenUp;
    private volatile boolean awaited;
    private volatile long readyAt;

    /**
     * A start that has not begun.
     *
     * @param space the room that the lab takes
     * @param whenEnded called when it has succeeded or failed
     */
    AheadStart(LabStarts<L> starts, LabRequest request, Berth<L> space, Runnable whenEnded) {
        this.starts = starts;
        madeFor = request;
        this.space = space;
        thread = new Thread(() -> make(whenEnded), "taplab-ahead");
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    private void make(Runnable whenEnded) {
        try {
            L made = starts.start(madeFor, space);
            if (!awaited) {
                space.host().maker().breakIn(made);
            }
            readyAt = System.nanoTime();
            lab.complete(made);
        } catch (Throwable failure) {
            if (!givenUp) {
                LOG.info("The lab of {} could not be made ahead: {}", madeFor.shortName(), failure.getMessage());
            }
            space.close();
            lab.completeExceptionally(failure);
        } finally {
            ended.complete(null);
            whenEnded.run();
        }
    }

    LabRequest madeFor() {
        return madeFor;
    }

    /** The room that the lab takes. */
    Berth<L> space() {
        return space;
    }

    boolean isReady() {
        return lab.isDone() && !lab.isCompletedExceptionally();
    }

    boolean hasFailed() {
        return lab.isCompletedExceptionally();
    }

    /** Completes when nothing is started any more. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /**
     * Waits for the lab, for whoever has asked for it, and throws what its start has failed with.
     *
     * @param closing gets the lab if it comes when nobody waits for it any more, with the room that it takes
     */
    Placed<L> await(LabRequest request, BiConsumer<L, Undo> closing) {
        long asked = System.nanoTime();
        awaited = true;
        boolean wasReady = isReady();
        try {
            L made = Waiting.joined(
                    () -> "the lab of %s is up, whose start has begun before it was asked for"
                            .formatted(request.shortName()),
                    LONGEST,
                    lab);
            if (!had.compareAndSet(false, true)) {
                throw new IllegalStateException("The lab of %s was closed while it started".formatted(request.name()));
            }
            if (!request.equals(madeFor)) {
                space.host().maker().give(made, request);
            }
            LOG.info(
                    "Lab of {} {}",
                    request.shortName(),
                    wasReady
                            ? "was ready %d ms before it was asked for".formatted(millis(asked - readyAt))
                            : "is ready %d ms after it was asked for, begun ahead"
                                    .formatted(millis(System.nanoTime() - asked)));
            return new Placed<>(made, () -> closing.accept(made, space));
        } catch (RuntimeException | Error e) {
            giveUp(closing);
            throw e;
        }
    }

    /** Ends the start, or has the lab closed if it is there, or when it comes all the same; unless somebody has it. */
    void giveUp(BiConsumer<L, Undo> closing) {
        givenUp = true;
        thread.interrupt();
        var unused = lab.thenAccept(made -> {
            if (had.compareAndSet(false, true)) {
                closing.accept(made, space);
            }
        });
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
