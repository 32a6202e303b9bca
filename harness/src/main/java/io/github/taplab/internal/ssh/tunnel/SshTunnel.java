package io.github.taplab.internal.ssh.tunnel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket of this JVM behind which an engine on another machine answers. The other side needs an SSH server and
 * nothing else; no TCP port is opened on this one, where other users could connect to it.
 *
 * <p>All connections to the socket travel over one SSH connection. When that is lost they all end, as those to an
 * engine do that is restarted; the next one makes a new SSH connection.
 */
public final class SshTunnel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SshTunnel.class);
    // A lab start opens some dozens at once.
    private static final int BACKLOG = 256;

    private final SshAddress address;
    private final SshSettings settings;
    private final Path directory;
    private final Path path;
    private final ServerSocketChannel server;
    private final Set<Forwarding> open = ConcurrentHashMap.newKeySet();
    private final Object connecting = new Object();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile SshConnection connection;
    private volatile @Nullable String refused;
    private volatile @Nullable String unopened;
    private volatile boolean closed;

    private SshTunnel(SshAddress address, SshSettings settings, SshConnection connection) throws IOException {
        this.address = address;
        this.settings = settings;
        this.connection = connection;
        // Only this user may enter the directory: who can open the socket is root at the other side.
        directory = Files.createTempDirectory("taplab-ssh");
        path = directory.resolve("engine");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
        } catch (IOException e) {
            server.close();
            Files.delete(directory);
            throw new TunnelException("no Unix socket can be made in %s (%s)".formatted(directory, e.getMessage()), e);
        }
        daemon("taplab-ssh-accept: " + address, this::accept);
    }

    /**
     * Logs in, and looks whether the engine's socket can be connected to.
     *
     * @param address {@code ssh://[user@]host[:port][/path]}
     * @throws TunnelException if not, with what to do about it
     */
    public static SshTunnel open(URI address) throws IOException {
        return open(address, SshSettings.ofThisProcess());
    }

    static SshTunnel open(URI address, SshSettings settings) throws IOException {
        SshAddress place = SshAddress.of(address, settings.user());
        SshConnection connection = SshConnection.open(place, settings);
        try {
            connection.channel().end();
            return new SshTunnel(place, settings, connection);
        } catch (IOException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    /** Of the socket. */
    public Path path() {
        return path;
    }

    /** Why the engine can't be reached, as the end of a sentence; empty: as far as is known it can. */
    public Optional<String> trouble() {
        return Optional.ofNullable(refused)
                .map(why -> "there is no SSH connection to %s any more: %s".formatted(address, why))
                .or(() -> connection.lost().map(why -> "the SSH connection to %s is lost: %s".formatted(address, why)))
                .or(() -> Optional.ofNullable(unopened));
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel local = server.accept();
                daemon("taplab-ssh-out: " + address, () -> forward(local));
            }
        } catch (IOException closed) {
            LOG.trace("No more connections on {}", path, closed);
        }
    }

    private void forward(SocketChannel local) {
        Forwarding forwarding;
        try {
            EngineChannel channel = channel(connection());
            forwarding = new Forwarding(local, channel, open);
            open.add(forwarding);
            channel.whenGone(forwarding::remoteIsGone);
        } catch (IOException e) {
            LOG.trace("No channel to {}", address, e);
            close(local);
            return;
        }
        if (closed) {
            forwarding.end();
        }
        daemon("taplab-ssh-in: " + address, forwarding::copyAnswers);
        forwarding.copyRequests();
    }

    private EngineChannel channel(SshConnection used) throws IOException {
        try {
            EngineChannel channel = used.channel();
            unopened = null;
            return channel;
        } catch (TunnelException e) {
            unopened = e.getMessage();
            throw e;
        }
    }

    private static void close(SocketChannel local) {
        try {
            local.close();
        } catch (IOException e) {
            LOG.trace("A connection did not close", e);
        }
    }

    // Who has waited for an attempt that failed does not make another one: all of them would wait in a row.
    private SshConnection connection() throws IOException {
        int seen = attempts.get();
        synchronized (connecting) {
            if (closed) {
                throw new IOException("the tunnel is closed");
            }
            if (connection.isUp()) {
                return connection;
            }
            if (attempts.get() != seen) {
                throw new IOException(trouble().orElse("the SSH connection is lost"));
            }
            int unusedNumber = attempts.incrementAndGet();
            return connectedAnew();
        }
    }

    private SshConnection connectedAnew() throws TunnelException {
        connection.close();
        try {
            connection = SshConnection.open(address, settings);
            refused = null;
        } catch (TunnelException e) {
            refused = e.getMessage();
            throw e;
        }
        if (closed) {
            connection.close();
        }
        return connection;
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends all connections, and removes the socket. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            // First: a far side that takes nothing would hold up the end of each channel.
            connection.close();
            open.forEach(Forwarding::end);
            Files.deleteIfExists(path);
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new IllegalStateException("The socket " + path + " did not close", e);
        }
    }
}
