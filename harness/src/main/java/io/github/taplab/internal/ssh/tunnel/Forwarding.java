package io.github.taplab.internal.ssh.tunnel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies between a connection to this JVM's socket and a channel. Each direction ends by itself: an engine answers a
 * client that has said all, and a process reads on after its output has ended.
 */
final class Forwarding {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
    private static final int PIECE = 64 * 1024;

    private final SocketChannel local;
    private final EngineChannel remote;
    private final Set<Forwarding> open;
    private boolean requestsAreCopied;
    private boolean answersAreCopied;

    /**
     * One that copies nothing yet.
     *
     * @param open the tunnel's, in which this one stands until it has ended
     */
    Forwarding(SocketChannel local, EngineChannel remote, Set<Forwarding> open) {
        this.local = local;
        this.remote = remote;
        this.open = open;
    }

    /** Until nothing more is asked; the answers are copied by another thread. */
    void copyRequests() {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        try {
            while (local.read(piece.clear()) >= 0) {
                remote.write(piece.array(), piece.position());
            }
            remote.sendEnd();
            requestsEnd();
        } catch (IOException ended) {
            end(ended);
        }
    }

    /** Until nothing more is answered. */
    void copyAnswers() {
        try {
            for (Optional<byte[]> piece = remote.take(); piece.isPresent(); piece = remote.take()) {
                ByteBuffer bytes = ByteBuffer.wrap(piece.get());
                while (bytes.hasRemaining()) {
                    local.write(bytes);
                }
            }
            local.shutdownOutput();
            answersEnd();
        } catch (IOException ended) {
            end(ended);
        }
    }

    /** Nothing more can be sent, and what has come is still to be handed on. */
    void remoteIsGone() {
        if (answersAreCopied()) {
            end();
        }
    }

    private synchronized boolean answersAreCopied() {
        return answersAreCopied;
    }

    private void requestsEnd() {
        synchronized (this) {
            requestsAreCopied = true;
            if (!answersAreCopied) {
                return;
            }
        }
        end();
    }

    private void answersEnd() {
        synchronized (this) {
            answersAreCopied = true;
            if (!requestsAreCopied && !remote.isGone()) {
                return;
            }
        }
        end();
    }

    private void end(IOException why) {
        LOG.trace("A connection to an engine ended", why);
        end();
    }

    /** Breaks it off. */
    void end() {
        open.remove(this);
        try {
            local.close();
            remote.end();
        } catch (IOException connectionIsLost) {
            LOG.trace("A channel did not close", connectionIsLost);
        }
    }
}
