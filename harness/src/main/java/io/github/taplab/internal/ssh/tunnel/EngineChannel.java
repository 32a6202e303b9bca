package io.github.taplab.internal.ssh.tunnel;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.AbstractDirectChannel;
import net.schmizz.sshj.transport.TransportException;

/**
 * One connection to a Unix socket on the other side (openssh-portable, PROTOCOL, 2.4), of which each direction ends by
 * itself. What comes is kept until somebody takes it, up to the channel's window: one that nobody reads from holds up
 * no other.
 *
 * <p>sshj's own streams are not used: they give up who waits for room after a time, send an end after a close, which
 * OpenSSH takes for a fault of the whole connection, and have no end of one direction.
 */
final class EngineChannel extends AbstractDirectChannel {

    private static final Duration OPEN = Duration.ofSeconds(15);
    private static final byte[] END = {};

    private final String path;
    private final Runnable heard;
    private final BlockingQueue<byte[]> come = new LinkedBlockingQueue<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean gone;
    private volatile Runnable whenGone = () -> {};

    /**
     * One that is not open yet.
     *
     * @param path of the socket
     * @param heard called when anything has come
     */
    EngineChannel(Connection connection, String path, Runnable heard) {
        super(connection, "direct-streamlocal@openssh.com");
        this.path = path;
        this.heard = heard;
    }

    @Override
    protected SSHPacket buildOpenReq() {
        // Two fields that are reserved.
        return super.buildOpenReq().putString(path).putString("").putUInt32(0);
    }

    /**
     * Opens it.
     *
     * @throws net.schmizz.sshj.connection.channel.OpenFailException if the other side refuses
     */
    void begin() throws IOException {
        try {
            send(buildOpenReq());
            openEvent.await(OPEN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            conn.forget(this);
            throw e;
        }
    }

    /**
     * The next bytes.
     *
     * @return empty: that was all
     * @throws IOException if the channel has ended before its stream
     */
    Optional<byte[]> take() throws IOException {
        byte[] bytes;
        try {
            bytes = come.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (bytes.length == 0) {
            if (!isEOF()) {
                throw new IOException("the channel is closed");
            }
            return Optional.empty();
        }
        giveRoom();
        return Optional.of(bytes);
    }

    // Counted before it is said: what comes at once must find it.
    private void giveRoom() throws IOException {
        long room = lwin.neededAdjustment();
        if (room > 0 && !gone) {
            lwin.expand(room);
            send(newBuffer(Message.CHANNEL_WINDOW_ADJUST).putUInt32(room));
        }
    }

    /** Sends the first bytes of a buffer; it waits as long as the other side takes nothing. */
    void write(byte[] bytes, int length) throws IOException {
        int sent = 0;
        while (sent < length) {
            int piece = (int) Math.min(Math.min(room(), rwin.getMaxPacketSize()), length - sent);
            rwin.consume(piece);
            send(newBuffer(Message.CHANNEL_DATA).putUInt32(piece).putRawBytes(bytes, sent, piece));
            sent += piece;
        }
    }

    private long room() throws IOException {
        while (!gone && !Thread.currentThread().isInterrupted()) {
            try {
                long room = rwin.awaitExpansion(0);
                if (!gone) {
                    return room;
                }
            } catch (ConnectionException stillFull) {
                // Its patience is sshj's and not ours: a process may read nothing for as long as it likes.
            }
        }
        throw new IOException("the channel is closed");
    }

    /**
     * Sends a packet, which waits as long as keys are exchanged. Where the next exchange begins before a sender has
     * noticed the end of one, sshj takes that for a wait that was too long (Promise, tryRetrieve); nothing of the
     * packet has been sent then. A server that has fallen silent is noticed by the connection, which ends.
     */
    private void send(SSHPacket packet) throws TransportException {
        while (true) {
            try {
                trans.write(packet);
                return;
            } catch (TransportException e) {
                if (!(e.getCause() instanceof TimeoutException) || gone || !trans.isRunning()) {
                    throw e;
                }
            }
        }
    }

    /** Says that nothing more is sent. */
    void sendEnd() throws IOException {
        send(newBuffer(Message.CHANNEL_EOF));
    }

    /** Ends both directions; it does not wait for the other side. */
    void end() throws IOException {
        if (!gone && closing.compareAndSet(false, true)) {
            send(newBuffer(Message.CHANNEL_CLOSE));
        }
    }

    /** Whether the other side has closed it, or the connection is lost. */
    boolean isGone() {
        return gone;
    }

    /** What is done at the moment when it is; it must not wait. */
    void whenGone(Runnable work) {
        whenGone = work;
        if (gone) {
            work.run();
        }
    }

    @Override
    protected void receiveInto(ChannelInputStream unused, SSHPacket packet) throws SSHException {
        byte[] bytes = packet.readBytes();
        heard.run();
        lwin.consume(bytes.length);
        if (bytes.length > 0) {
            come.add(bytes);
        }
    }

    @Override
    protected void eofInputStreams() {
        super.eofInputStreams();
        come.add(END);
    }

    // By the thread that reads packets, which answers itself: while keys are exchanged nobody closes a channel.
    @Override
    protected void sendClose() throws TransportException {
        if (closing.compareAndSet(false, true)) {
            trans.write(newBuffer(Message.CHANNEL_CLOSE));
        }
    }

    // Not sshj's streams: to close one sends an end, which a server that has seen this channel's close takes for a
    // fault.
    @Override
    protected void closeAllStreams() {
        lose();
    }

    @Override
    public void notifyError(SSHException error) {
        super.notifyError(error);
        lose();
    }

    private void lose() {
        gone = true;
        come.add(END);
        if (rwin != null) {
            // Wakes who waits for room.
            rwin.expand(1);
        }
        whenGone.run();
    }
}
