package io.github.taplab.internal.machine;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What is heard of one guest's agent: that it has opened its port, and what means that it will not. */
public final class AgentEvents {

    // A cloud image may restart itself once or twice when it first boots.
    private static final int RESTARTS = 5;
    private static final Duration LEAVING = Duration.ofSeconds(10);

    private CompletableFuture<Void> connected = new CompletableFuture<>();
    private CompletableFuture<Void> leaving = new CompletableFuture<>();
    private boolean isRestartDue;
    private int restarts;

    /** The guest has opened the agent's port. */
    public synchronized void connected() {
        // News of the system that is about to end may come late.
        if (!isRestartDue) {
            restarts = 0;
            connected.complete(null);
        }
    }

    /** The guest has closed the agent's port: the agent has ended. */
    public synchronized void disconnected() {
        leaving.complete(null);
    }

    /** The guest's system has started anew; who does that again and again has no agent yet. */
    public synchronized void restarted() {
        isRestartDue = false;
        leaving.complete(null);
        restarts++;
        if (restarts == RESTARTS) {
            connected.completeExceptionally(
                    new IllegalStateException("the guest has restarted %d times without an agent".formatted(restarts)));
        }
    }

    /** Nothing will come any more. */
    public synchronized void ended(String why) {
        leaving.complete(null);
        IllegalStateException end = new IllegalStateException(why);
        if (!connected.completeExceptionally(end)) {
            connected = CompletableFuture.failedFuture(end);
        }
    }

    /** Completes when the guest has opened the port, or fails when nothing will come any more. */
    public synchronized CompletableFuture<Void> first() {
        return connected;
    }

    /**
     * The same for the next time that the guest opens the port, whichever system does. Who asks for that waits for no
     * other system any more: one that was told to restart may not have done it, and its end may never be told.
     */
    public synchronized CompletableFuture<Void> next() {
        isRestartDue = false;
        if (!connected.isCompletedExceptionally()) {
            connected = new CompletableFuture<>();
        }
        return connected;
    }

    /** The same for the first time after the guest's system has started anew. */
    public synchronized CompletableFuture<Void> nextSystem() {
        CompletableFuture<Void> back = next();
        isRestartDue = true;
        leaving = new CompletableFuture<>();
        return back;
    }

    /** The system that was to make way for the next one goes on, with its agent. */
    public synchronized void stays() {
        isRestartDue = false;
        connected.complete(null);
    }

    /** Completes when the system that makes way for the {@linkplain #nextSystem next one} has ended its agent. */
    public synchronized CompletableFuture<Void> leaving() {
        return leaving;
    }

    /**
     * Whether a system makes way for the {@linkplain #nextSystem next one} although its agent has said that it can't
     * restart it. systemd ends the agent with all that it has started; that is also the program which is telling
     * systemd to restart, and the agent may still say of it that it has ended abnormally. If not, it {@link #stays}.
     */
    public boolean leavesAllTheSame(String guest) {
        try {
            Waiting.joined("%s ends its agent".formatted(guest), LEAVING, leaving());
            return true;
        } catch (DeadlineExceededException goesOn) {
            stays();
            return false;
        }
    }
}
