package io.github.taplab.internal.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a guest's serial line. A serial port has one line: all who type on it share this connection, which is
 * opened when it is first needed.
 */
public final class SerialLine implements AutoCloseable {

    private final String guest;
    private final Supplier<Wire> opener;
    private @Nullable Wire wire;
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

    /**
     * Types, and returns when that is on its way.
     *
     * @throws IllegalStateException if the line is broken
     */
    synchronized void type(String keys) {
        Wire connected = connected();
        try {
            connected.toGuest().write(keys.getBytes(StandardCharsets.UTF_8));
            connected.toGuest().flush();
        } catch (IOException e) {
            close();
            throw new IllegalStateException(
                    "Nothing can be typed on the console of %s: %s"
                            .formatted(guest, connected.complaints().get()),
                    e);
        }
    }

    /** What comes from now on. There is one listener; what comes while there is none is in the log only. */
    synchronized Incoming listen() {
        Incoming incoming = new Incoming(guest);
        listener = incoming;
        connected();
        return incoming;
    }

    /** Ends the listening. */
    void ignore() {
        listener = null;
    }

    private Wire connected() {
        if (wire == null) {
            Wire opened = opener.get();
            wire = opened;
            // Somebody must read it, or QEMU would wait with what the guest says next.
            opened.read(this::heard, reason -> ended(opened, reason));
        }
        return wire;
    }

    private void heard(String text) {
        Incoming present = listener;
        if (present != null) {
            present.add(text);
        }
    }

    // The end of a connection that has been replaced concerns nobody.
    private synchronized void ended(Wire which, String reason) {
        if (which.equals(wire)) {
            wire = null;
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
    public synchronized void close() {
        if (wire != null) {
            wire.close();
            wire = null;
            tellListener("its connection has been closed");
        }
    }
}
