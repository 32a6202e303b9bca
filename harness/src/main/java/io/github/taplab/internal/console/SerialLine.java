package io.github.taplab.internal.console;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.StreamWriter;
import io.github.taplab.internal.wait.Turn;
import io.github.taplab.internal.wait.Waiting;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a guest's serial line. A serial port has one line: all who type on it share this connection, which is
 * opened when it is first needed.
 */
public final class SerialLine implements AutoCloseable {

    private static final Duration TYPED = Duration.ofSeconds(20);
    // Between a connection and the next one's start; it is opened within ten seconds.
    private static final Duration FREE = Duration.ofSeconds(40);

    private final String guest;
    private final Supplier<Wire> opener;
    private final Turn turn = new Turn();
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
    private volatile @Nullable Incoming listener;

    /**
     * A line that is not connected yet.
     *
     * @param opener connects to the serial port
     */
    public SerialLine(String guest, Supplier<Wire> opener) {
        this.guest = guest;
        this.opener = opener;
    }

    private static final class Connection {

        private final Wire wire;
        private final StreamWriter writer;

        Connection(Wire wire, StreamWriter writer) {
            this.wire = wire;
            this.writer = writer;
        }

        void close() {
            writer.close();
            wire.close();
        }
    }

    /**
     * Types, and returns when that is on its way.
     *
     * @throws IllegalStateException if the line is broken, or nobody takes what is typed
     */
    void type(String keys) {
        Connection typed = connected();
        try {
            Waiting.joined(
                    "what is typed on the console of %s is on its way".formatted(guest), TYPED, write(typed, keys));
        } catch (DeadlineExceededException e) {
            close();
            throw new IllegalStateException(
                    "Nothing can be typed on the console of %s: it takes nothing for %d s"
                            .formatted(guest, TYPED.toSeconds()),
                    e);
        } catch (UncheckedIOException e) {
            close();
            throw new IllegalStateException(
                    "Nothing can be typed on the console of %s: %s"
                            .formatted(guest, typed.wire.complaints().get()),
                    e);
        }
    }

    /** Types for somebody who can't wait, since he was interrupted. */
    void typeLater(String keys) {
        Connection present = connection.get();
        if (present != null) {
            CompletableFuture<Void> unused = write(present, keys);
        }
    }

    private static CompletableFuture<Void> write(Connection connection, String keys) {
        return connection.writer.write(keys.getBytes(StandardCharsets.UTF_8));
    }

    /** What comes from now on. There is one listener; what comes while there is none is in the log only. */
    Incoming listen() {
        ignore();
        Incoming incoming = new Incoming(guest);
        listener = incoming;
        connected();
        return incoming;
    }

    /** Ends the listening. */
    void ignore() {
        Incoming present = listener;
        listener = null;
        if (present != null) {
            present.close();
        }
    }

    private Connection connected() {
        Connection present = connection.get();
        return present != null
                ? present
                : turn.holding("the turn to connect to the console of %s".formatted(guest), FREE, this::connect);
    }

    private Connection connect() {
        Connection present = connection.get();
        if (present != null) {
            return present;
        }
        Wire wire = opener.get();
        Connection opened = new Connection(wire, new StreamWriter("taplab-keys-" + guest, wire.toGuest()));
        connection.set(opened);
        // Somebody must read it, or QEMU would wait with what the guest says next.
        wire.read(this::heard, reason -> ended(opened, reason));
        return opened;
    }

    private void heard(String text) {
        Incoming present = listener;
        if (present != null) {
            present.add(text);
        }
    }

    // The end of a connection that has been replaced concerns nobody.
    private void ended(Connection which, String reason) {
        which.writer.close();
        if (connection.compareAndSet(which, null)) {
            tellListener(reason);
        }
    }

    private void tellListener(String reason) {
        Incoming present = listener;
        if (present != null) {
            present.end(reason);
        }
    }

    @Override
    public void close() {
        Connection open = connection.getAndSet(null);
        if (open != null) {
            open.close();
            tellListener("its connection has been closed");
        }
    }
}
