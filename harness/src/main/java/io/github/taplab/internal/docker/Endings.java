package io.github.taplab.internal.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import io.github.taplab.command.InterruptedWaitException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Why containers ended. They are removed when they end, and then nobody can be asked any more; so one stream of the
 * engine's events is listened to, from before the first of them starts.
 */
final class Endings extends ResultCallback.Adapter<Event> {

    private static final int SIGNALLED = 128;
    private static final String KILLED = "137";
    private static final String NO_SIGNAL = "";

    // An end is known on the container's stream a little before the event comes.
    private final Duration patience;
    private final AskedEngine engine;
    private final Map<String, Ending> endings = new HashMap<>();
    private @Nullable String broken;
    private boolean closed;

    /**
     * Of one engine.
     *
     * @param patience how long an event is waited for
     */
    Endings(AskedEngine engine, Duration patience) {
        this.engine = engine;
        this.patience = patience;
    }

    private static final class Ending {
        private String signal = NO_SIGNAL;
        private boolean outOfMemory;
        private @Nullable String exitCode;
    }

    /** From now on this container's end is kept. */
    synchronized void watch(String id) {
        endings.put(id, new Ending());
    }

    /** Nobody will ask for this one's end any more. */
    synchronized void forget(String id) {
        endings.remove(id);
    }

    @Override
    public synchronized void onNext(Event event) {
        EventActor actor = event.getActor();
        Ending ending = endings.get(String.valueOf(event.getId()));
        if (ending == null || actor == null || actor.getAttributes() == null) {
            return;
        }
        switch (String.valueOf(event.getAction())) {
            case "kill" -> ending.signal = actor.getAttributes().getOrDefault("signal", NO_SIGNAL);
            case "oom" -> ending.outOfMemory = true;
            case "die" -> ending.exitCode = actor.getAttributes().getOrDefault("exitCode", "unknown");
            default -> {
                // Nothing of its end.
            }
        }
        notifyAll();
    }

    @Override
    public void onError(Throwable failure) {
        end(engine.broken(failure));
    }

    @Override
    public void onComplete() {
        end(engine.trouble().orElse("it ended the stream of its events"));
    }

    private synchronized void end(String why) {
        if (broken == null) {
            broken = why;
        }
        notifyAll();
    }

    /** Why a container that has ended did so, in words; it waits a moment for the engine to say it. */
    synchronized String of(String id) {
        long end = System.nanoTime() + patience.toNanos();
        Ending ending = endings.getOrDefault(id, new Ending());
        try {
            for (long left = patience.toMillis();
                    ending.exitCode == null && broken == null && left > 0;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("why container " + id + " has ended", e);
        }
        if (ending.exitCode == null) {
            return broken == null
                    ? "the engine does not say why"
                    : "the connection to %s is lost (%s), it may have been restarted".formatted(engine.name(), broken);
        }
        return words(ending.exitCode, ending);
    }

    private static String words(String exitCode, Ending ending) {
        if (ending.outOfMemory) {
            return "killed, since the Docker host had no memory for it (exit code %s)".formatted(exitCode);
        }
        if (!ending.signal.equals(NO_SIGNAL)) {
            return "killed through the engine (signal %s, exit code %s)".formatted(ending.signal, exitCode);
        }
        if (exitCode.equals(KILLED)) {
            return "killed on the Docker host, perhaps for want of memory (signal 9, exit code 137)";
        }
        if (exitCode.matches("[0-9]{3}") && Integer.parseInt(exitCode) > SIGNALLED) {
            return "killed (signal %d, exit code %s)".formatted(Integer.parseInt(exitCode) - SIGNALLED, exitCode);
        }
        return "ended by itself (exit code %s)".formatted(exitCode);
    }

    @Override
    public void onStart(java.io.Closeable stream) {
        super.onStart(stream);
        synchronized (this) {
            if (!closed) {
                return;
            }
        }
        close();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            super.close();
        } catch (IOException alreadyBroken) {
            // It is to end.
        }
    }
}
