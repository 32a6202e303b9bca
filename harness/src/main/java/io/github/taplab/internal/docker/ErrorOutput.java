package io.github.taplab.internal.docker;

import io.github.taplab.command.InterruptedWaitException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a process says on its standard error: words to wait for, and to show when it has ended. */
final class ErrorOutput {

    // More than this is noise.
    private static final int LIMIT = 64 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    /** Takes in a piece; what goes beyond 64 KiB is forgotten. */
    synchronized void add(byte[] piece) {
        bytes.write(piece, 0, Math.min(LIMIT - bytes.size(), piece.length));
        notifyAll();
    }

    /** Takes in that nothing comes any more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** All so far. */
    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Waits for words.
     *
     * @return whether they came; not, if the process ended or the deadline passed before
     * @throws InterruptedWaitException if the thread is interrupted
     */
    synchronized boolean await(String words, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (!text().contains(words)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("the words \"%s\" of a process".formatted(words), e);
        }
    }
}
