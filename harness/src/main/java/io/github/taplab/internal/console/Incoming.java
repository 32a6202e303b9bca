package io.github.taplab.internal.console;

import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Text that comes from a console, for the one who waits for it. */
final class Incoming {

    private static final String END = "";

    private final String guest;
    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    private volatile String reason = END;

    Incoming(String guest) {
        this.guest = guest;
    }

    void add(String piece) {
        pieces.add(piece);
    }

    void end(String because) {
        reason = because;
        pieces.add(END);
    }

    /**
     * The next piece, as soon as there is one.
     *
     * @return empty if none came in time
     * @throws IllegalStateException if there will be none any more
     */
    Optional<String> next(Duration longest) {
        try {
            String piece = pieces.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
            if (END.equals(piece)) {
                pieces.add(END);
                throw new IllegalStateException("The console of %s: %s".formatted(guest, reason));
            }
            return Optional.ofNullable(piece);
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("the console of %s says something".formatted(guest), e);
        }
    }
}
