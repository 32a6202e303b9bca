package io.github.taplab.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a JVM and its engine, and can cut single streams, a container's lease, or all, or hand nothing on any
 * more. It reads the first line of each request only.
 */
public final class CuttingProxy implements AutoCloseable {

    private static final Pattern LEASE = Pattern.compile("POST \\S*/containers/(\\w+)/attach[? ]");
    private static final Pattern CREATE = Pattern.compile("POST \\S*/containers/create\\?\\S*name=([\\w.-]+)");
    private static final Pattern START = Pattern.compile("POST \\S*/containers/\\w+/start[? ]");
    private static final int REQUEST_LINE = 512;

    private final Path path;
    private final Path engine;
    private final ServerSocketChannel server;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> handsOn = CompletableFuture.completedFuture(null);
    private volatile Optional<String> last = Optional.empty();
    private volatile boolean lastIsMade;
    private volatile boolean closed;

    /**
     * Starts one.
     *
     * @param path of its socket, which is made
     * @param engine the engine's socket
     */
    public CuttingProxy(Path path, Path engine) {
        this.path = path;
        this.engine = engine;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException("No socket for the proxy", e);
        }
        daemon("chaos-proxy", this::accept);
    }

    /** Where it is, for the JVM. */
    public URI address() {
        return URI.create("unix://" + path);
    }

    /** From now on nothing is handed on, until it is closed: who asks the engine gets no answer. */
    public void fallSilent() {
        handsOn = new CompletableFuture<>();
    }

    /**
     * The engine is gone as soon as a container with such a name is there, and one is to be started.
     *
     * @param nameEnd of the container
     */
    public void closeBeforeStartOf(String nameEnd) {
        last = Optional.of(nameEnd);
    }

    private void heard(String request) {
        Matcher create = CREATE.matcher(request);
        if (create.lookingAt() && last.filter(create.group(1)::endsWith).isPresent()) {
            lastIsMade = true;
        } else if (lastIsMade && START.matcher(request).lookingAt()) {
            close();
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                SocketChannel there = SocketChannel.open(StandardProtocolFamily.UNIX);
                there.connect(UnixDomainSocketAddress.of(engine));
                Connection connection = new Connection(client, there, () -> handsOn.join(), this::heard);
                connections.add(connection);
                if (closed) {
                    connection.close();
                }
                daemon("chaos-proxy-out", connection::copyRequests);
                daemon("chaos-proxy-in", connection::copyAnswers);
            }
        } catch (IOException closed) {
            // Nobody connects any more.
        }
    }

    /** Cuts the lease of a container; whether it had one. */
    boolean cutLease(String container) {
        return cut(connection -> connection.lease.equals(container));
    }

    private boolean cut(Predicate<Connection> wanted) {
        List<Connection> found = connections.stream()
                .filter(connection -> !connection.closed)
                .filter(wanted)
                .toList();
        found.forEach(Connection::close);
        return !found.isEmpty();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The engine is gone: all streams end, and nobody gets a new one. */
    @Override
    public void close() {
        // Before the look at the connections: one that is just being made is closed by who makes it.
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(Connection::close);
        handsOn.complete(null);
    }

    private static final class Connection {

        private final SocketChannel client;
        private final SocketChannel engine;
        private final Runnable awaitHandsOn;
        private final Consumer<String> heard;
        private volatile String lease = "";
        private volatile boolean closed;

        Connection(SocketChannel client, SocketChannel engine, Runnable awaitHandsOn, Consumer<String> heard) {
            this.heard = heard;
            this.client = client;
            this.engine = engine;
            this.awaitHandsOn = awaitHandsOn;
        }

        void copyRequests() {
            copy(client, engine, true);
        }

        void copyAnswers() {
            copy(engine, client, false);
        }

        private void copy(SocketChannel from, SocketChannel to, boolean requests) {
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            try {
                while (from.read(buffer.clear()) >= 0) {
                    buffer.flip();
                    awaitHandsOn.run();
                    if (requests) {
                        look(buffer);
                    }
                    while (buffer.hasRemaining()) {
                        to.write(buffer);
                    }
                }
                to.shutdownOutput();
            } catch (IOException ended) {
                close();
            }
        }

        private void look(ByteBuffer request) {
            String line = StandardCharsets.ISO_8859_1
                    .decode(request.duplicate().limit(Math.min(request.limit(), REQUEST_LINE)))
                    .toString();
            heard.accept(line);
            Matcher attach = LEASE.matcher(line);
            if (attach.lookingAt()) {
                lease = attach.group(1);
            }
        }

        void close() {
            closed = true;
            try (client;
                    engine) {
                // Both at once.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
