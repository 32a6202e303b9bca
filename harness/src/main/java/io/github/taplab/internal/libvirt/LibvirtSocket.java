package io.github.taplab.internal.libvirt;

import io.github.taplab.internal.docker.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket of this JVM behind which a launcher's libvirtd answers.
 *
 * <p>libvirt's client library wants a socket or a program to start. {@code qemu+ext} would start {@code docker exec},
 * and so need the {@code docker} command, set up for the same engine as this JVM. Behind this socket the bytes travel
 * through the engine's API like everything else: a remote engine needs nothing more than a local one.
 */
final class LibvirtSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtSocket.class);

    private final Path directory;
    private final Path path;
    private final ServerSocketChannel server;
    private final Supplier<ByteStream> libvirtd;
    private final List<AutoCloseable> connections = new CopyOnWriteArrayList<>();
    private volatile @Nullable String failure;

    /**
     * Opens the socket.
     *
     * @param libvirtd opens a new stream to libvirtd's socket
     */
    LibvirtSocket(Supplier<ByteStream> libvirtd) {
        this.libvirtd = libvirtd;
        try {
            // Only this user may enter the directory: who can open the socket is root in the launcher.
            directory = Files.createTempDirectory("taplab");
            path = directory.resolve("libvirt");
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException("No Unix socket for libvirt's client library", e);
        }
        daemon("taplab-libvirt-accept", this::accept);
    }

    String uri() {
        return "qemu+unix:///system?socket=" + path;
    }

    /** Why a connection ended, where that is known. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void accept() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException closed) {
            LOG.trace("No more connections on {}", path, closed);
        }
    }

    // A socket with nobody behind it would let libvirt's library wait without end.
    private void connect(SocketChannel socket) throws IOException {
        connections.add(socket);
        ByteStream stream;
        try {
            stream = libvirtd.get();
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage());
            socket.close();
            return;
        }
        connections.add(stream);
        if (!server.isOpen()) {
            stream.close();
        }
        daemon("taplab-libvirt-out", () -> copy(socket, stream));
        daemon("taplab-libvirt-in", () -> copy(stream, socket));
    }

    // Not through Channels' streams: before JDK 19 those of one socket exclude each other, and a waiting read would
    // block
    // every write.
    private static void copy(SocketChannel from, ByteStream to) {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try (OutputStream out = to.toProcess()) {
            while (from.read(buffer.clear()) >= 0) {
                out.write(buffer.array(), 0, buffer.position());
                out.flush();
            }
        } catch (IOException ended) {
            LOG.trace("The connection to libvirtd ended", ended);
        } finally {
            to.close();
        }
    }

    private void copy(ByteStream from, SocketChannel to) {
        byte[] buffer = new byte[64 * 1024];
        try (to;
                InputStream in = from.fromProcess()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
            }
            String words = from.stderr().strip();
            if (!words.isEmpty()) {
                failure = words;
            }
        } catch (IOException ended) {
            LOG.trace("The connection to libvirtd ended", ended);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (AutoCloseable connection : connections) {
                connection.close();
            }
            Files.deleteIfExists(path);
            Files.deleteIfExists(directory);
        } catch (Exception e) {
            throw new IllegalStateException("The socket " + path + " did not close", e);
        }
    }
}
