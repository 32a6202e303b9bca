package io.github.taplab.command;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A call that was still waiting when its thread was interrupted, as JUnit's {@code @Timeout} does; the message names
 * what it waited for. It says nothing of the lab, and so is never an outcome. The thread is still interrupted.
 */
@API(status = Status.STABLE, since = "0.1.0")
public final class InterruptedWaitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was waited for, and interrupts the thread again for those who look at that.
     *
     * @param what was waited for, in words
     */
    public InterruptedWaitException(String what, InterruptedException cause) {
        super(what + ": interrupted while waiting for it", cause);
        Thread.currentThread().interrupt();
    }
}
