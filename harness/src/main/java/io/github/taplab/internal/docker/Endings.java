package io.github.taplab.internal.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Turn;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Why containers ended. They are removed when they end, and then nobody can be asked any more; so a stream of the
 * engine's events is listened to, from before the first of them starts. Where it has broken, as it does when the engine
 * is restarted, the next container has another one.
 */
final class Endings {

    private static final int SIGNALLED = 128;
    private static final String KILLED = "137";
    private static final String NO_SIGNAL = "";

    // An end is known on the container's stream a little before the event comes.
    private final Duration patience;
    private final AskedEngine engine;
    private final Map<String, Ending> endings = new HashMap<>();
    private final Turn turn = new Turn();
    private Listener listener = new Listener();
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
        private final Listener listener;
        private String signal = NO_SIGNAL;
        private boolean outOfMemory;
        private @Nullable String exitCode;

        Ending(Listener listener) {
            this.listener = listener;
        }
    }

    /** Has the engine tell of the ends of containers, if it does not yet, or not any more. */
    void listen() {
        Listener unused = listening();
    }

    /**
     * From now on the end of this container is kept, which is not started yet. The stream may have broken while it was
     * made.
     */
    void watch(String id) {
        Listener heard = listening();
        synchronized (this) {
            endings.put(id, new Ending(heard));
        }
    }

    private Listener listening() {
        return turn.holding(
                "%s is asked to tell of the ends of containers".formatted(engine.name()),
                engine.answer(),
                () -> last().hears() ? last() : next());
    }

    private Listener next() {
        Listener next = new Listener();
        try {
            engine.tell(
                    "tell of the ends of containers",
                    // All of them: asked for two kinds, Podman tells of events that are both.
                    asked -> asked.eventsCmd()
                            .withEventTypeFilter(EventType.CONTAINER)
                            .exec(next));
        } catch (RuntimeException | Error e) {
            // Its stream may still begin, and nobody would end it.
            next.close();
            throw e;
        }
        if (!isKept(next)) {
            next.close();
        }
        return next;
    }

    private synchronized Listener last() {
        return listener;
    }

    /** Keeps it for the next containers; whether anybody will ask for their ends. */
    private synchronized boolean isKept(Listener next) {
        next.asked = true;
        listener = next;
        return !closed;
    }

    /** Nobody will ask for this one's end any more. */
    synchronized void forget(String id) {
        endings.remove(id);
    }

    /** Ends the stream. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        last().close();
    }

    /** Why a container that has ended did so, in words; it waits a moment for the engine to say it. */
    synchronized String of(String id) {
        long end = System.nanoTime() + patience.toNanos();
        Ending ending = endings.getOrDefault(id, new Ending(listener));
        try {
            for (long left = patience.toMillis();
                    ending.exitCode == null && ending.listener.broken == null && left > 0;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("why container " + id + " has ended", e);
        }
        if (ending.exitCode == null) {
            String broken = ending.listener.broken;
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

    /** One stream of events. Who was lost with one has ended by that, whatever the next one tells. */
    private final class Listener extends ResultCallback.Adapter<Event> {

        private boolean asked;
        private @Nullable String broken;
        private boolean unwanted;

        boolean hears() {
            synchronized (Endings.this) {
                return asked && broken == null;
            }
        }

        @Override
        public void onNext(Event event) {
            EventActor actor = event.getActor();
            synchronized (Endings.this) {
                Ending ending = endings.get(String.valueOf(event.getId()));
                if (ending == null || ending.listener != this || actor == null || actor.getAttributes() == null) {
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
                Endings.this.notifyAll();
            }
        }

        @Override
        public void onError(Throwable failure) {
            end(engine.broken(failure));
        }

        @Override
        public void onComplete() {
            end(engine.trouble().orElse("it ended the stream of its events"));
        }

        private void end(String why) {
            synchronized (Endings.this) {
                if (broken == null) {
                    broken = why;
                }
                Endings.this.notifyAll();
            }
        }

        @Override
        public void onStart(Closeable stream) {
            super.onStart(stream);
            synchronized (Endings.this) {
                if (!unwanted) {
                    return;
                }
            }
            close();
        }

        @Override
        public void close() {
            synchronized (Endings.this) {
                unwanted = true;
            }
            try {
                super.close();
            } catch (IOException alreadyBroken) {
                // It is to end.
            }
        }
    }
}
