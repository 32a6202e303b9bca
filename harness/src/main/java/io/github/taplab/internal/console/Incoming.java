package io.github.taplab.internal.console;

import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Text that comes from a console, for the one who waits for it. A guest may write without end, and faster than it is
 * read: then it has to wait.
 */
final class Incoming implements AutoCloseable {

    /** How many characters may wait here. */
    static final int MOST = 1 << 20;

    private final String guest;
    private final Deque<String> pieces = new ArrayDeque<>();
    private int waiting;
    private @Nullable String reason;
    private boolean closed;

    Incoming(String guest) {
        this.guest = guest;
    }

    /** Takes in a piece, as soon as there is room. */
    synchronized void add(String piece) {
        try {
            while (waiting >= MOST && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!closed && !piece.isEmpty()) {
            pieces.add(piece);
            waiting += piece.length();
            notifyAll();
        }
    }

    synchronized void end(String because) {
        reason = because;
        notifyAll();
    }

    /**
     * The next piece, as soon as there is one.
     *
     * @return empty if none came in time
     * @throws IllegalStateException if there will be none any more
     */
    synchronized Optional<String> next(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            // Also where nothing has to be waited for: who is interrupted reads no further.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            while (pieces.isEmpty()) {
                if (reason != null) {
                    throw new IllegalStateException("The console of %s: %s".formatted(guest, reason));
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return Optional.empty();
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("the console of %s says something".formatted(guest), e);
        }
        String piece = pieces.remove();
        waiting -= piece.length();
        notifyAll();
        return Optional.of(piece);
    }

    /** Nobody reads any more, and nobody has to wait to write. */
    @Override
    public synchronized void close() {
        closed = true;
        pieces.clear();
        notifyAll();
    }
}
