package io.github.taplab.command;

/**
 * A call that was still waiting when its thread was interrupted, as JUnit's {@code @Timeout} does; the message names
 * what it waited for. It says nothing of the lab, and so is never an outcome. The thread is still interrupted.
 */
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
