package io.github.taplab.internal.wait;

import io.github.taplab.command.InterruptedWaitException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import org.jspecify.annotations.Nullable;

/** The forms in which the JDK says that a thread was interrupted, as the one that Taplab has for it. */
public final class Interruption {

    private Interruption() {}

    /** Whether an operation on a file failed only because its thread was interrupted. */
    public static boolean isCauseOf(@Nullable IOException failure) {
        return failure instanceof ClosedByInterruptException
                || failure instanceof FileLockInterruptionException
                || failure instanceof InterruptedIOException;
    }

    /**
     * What to throw for it.
     *
     * @param what was waited for, in words
     */
    public static RuntimeException during(String what, Exception cause) {
        if (cause instanceof InterruptedException interrupt) {
            return new InterruptedWaitException(what, interrupt);
        }
        InterruptedException interrupt = new InterruptedException();
        interrupt.initCause(cause);
        return new InterruptedWaitException(what, interrupt);
    }
}
