package io.github.taplab.internal.lab;

import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.StreamCopy;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.qemu.QemuMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The way of a machine from one launcher to another: each QEMU has a Unix socket in its own launcher, and the JVM
 * copies from one to the other, so that none of it passes the lab's network.
 */
final class MigrationWay {

    private static final Duration LISTENS = Duration.ofSeconds(20);

    private MigrationWay() {}

    /** Sends a machine, and returns when it is there whole and stands still on both sides. */
    static void send(String guest, QemuMachine source, LauncherHandle from, QemuMachine target, LauncherHandle to) {
        String socket = "/run/%s.migration".formatted(guest);
        target.migration().listen(socket);
        ByteStream near = listener(guest, from.container(), socket);
        ByteStream far = to.container().open(List.of("socat", "-", "UNIX-CONNECT:" + socket));
        StreamCopy copy = StreamCopy.of("the way of " + guest, near, far);
        try (copy) {
            source.migration().send(socket);
            source.migration().awaitEnd("%s is sent from %s to %s".formatted(guest, from.name(), to.name()));
            target.migration().awaitEnd("%s arrives on %s".formatted(guest, to.name()));
        }
    }

    private static ByteStream listener(String guest, LeasedContainer from, String socket) {
        ByteStream listener = from.open(List.of("perl", "-e", script(), "--", socket));
        if (!listener.awaitStderr("listening", LISTENS)) {
            String words = listener.stderr().strip();
            listener.close();
            throw new IllegalStateException("Nobody listens for the migration of %s: %s".formatted(guest, words));
        }
        return listener;
    }

    private static String script() {
        try (InputStream script = MigrationWay.class.getResourceAsStream("migration.pl")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("migration.pl can't be read", e);
        }
    }
}
