package io.github.taplab.internal.ssh.tunnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A Unix socket on the other side; what is behind it does with each connection what a test wants. */
final class SocketServer implements AutoCloseable {

    /** What is done with a connection, which is closed afterwards. */
    @FunctionalInterface
    interface Serving {
        void serve(SocketChannel connection) throws IOException;
    }

    private final ServerSocketChannel server;
    private final Path path;

    SocketServer(Path path, Serving serving) {
        this.path = path;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(() -> {
            try {
                while (true) {
                    SocketChannel connection = server.accept();
                    daemon(() -> serve(connection, serving));
                }
            } catch (IOException closed) {
                // So is the test.
            }
        });
    }

    private static void serve(SocketChannel connection, Serving serving) {
        try (connection) {
            serving.serve(connection);
        } catch (IOException gone) {
            // The test sees it at the other end.
        }
    }

    /** Sends back what comes, until its end. */
    static void echo(SocketChannel connection) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        while (connection.read(bytes.clear()) >= 0) {
            write(connection, bytes.flip());
        }
    }

    static void write(SocketChannel connection, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    /** Reads as many bytes, or all until the end. */
    static byte[] read(SocketChannel connection, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        while (bytes.hasRemaining() && connection.read(bytes) >= 0) {
            // There is more.
        }
        byte[] read = new byte[bytes.position()];
        bytes.flip().get(read);
        return read;
    }

    static SocketChannel connect(Path socket) throws IOException {
        SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX);
        connection.connect(UnixDomainSocketAddress.of(socket));
        return connection;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "socket-server");
        thread.setDaemon(true);
        thread.start();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
