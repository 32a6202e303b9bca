package io.github.taplab.internal.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Unix socket behind which an engine answers that listens on a port. */
final class SocketRelay implements AutoCloseable {

    private final Path path;
    private final ServerSocketChannel server;

    SocketRelay(Path path, URI engine) {
        this.path = path;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        InetSocketAddress address = new InetSocketAddress(engine.getHost(), engine.getPort());
        daemon(() -> accept(address));
    }

    private void accept(InetSocketAddress address) {
        try {
            while (true) {
                SocketChannel client = server.accept();
                SocketChannel engine = SocketChannel.open(address);
                daemon(() -> copy(client, engine));
                daemon(() -> copy(engine, client));
            }
        } catch (IOException closed) {
            // So is the test.
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        try {
            while (from.read(bytes.clear()) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
            }
            to.shutdownOutput();
        } catch (IOException ended) {
            close(from);
            close(to);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "socket-relay");
        thread.setDaemon(true);
        thread.start();
    }

    Path path() {
        return path;
    }

    /** No new connection is taken. */
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
