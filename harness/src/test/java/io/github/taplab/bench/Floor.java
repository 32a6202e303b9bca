package io.github.taplab.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** What the same thing costs without Taplab. */
final class Floor {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private Floor() {}

    /** A Testcontainers container that is started, with one command in it. Its end is not part of the time. */
    static void container(Figures figures, String name, String image) throws Exception {
        try (GenericContainer<?> plain =
                new GenericContainer<>(DockerImageName.parse(image)).withCommand("sleep", "infinity")) {
            figures.floor(name, () -> {
                plain.start();
                return plain.execInContainer("true");
            });
        }
    }

    /** A cold lab by hand: the steps of {@code cold.sh}, with the QEMU of a lab. */
    static void coldLab(Figures figures, String name, String image, String mac, List<String> qemu) throws Exception {
        String own = own();
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script(), "cold.sh", image, own, mac));
        argv.addAll(qemu);
        try {
            figures.floor(name, () -> Command.run(argv));
        } finally {
            remove(own);
        }
    }

    /** A container and its network that are removed. */
    static void removal(Figures figures, String name, String image) throws Exception {
        String own = own();
        Command.run("docker", "network", "create", "--internal", own);
        try {
            Command.run("docker", "run", "--detach", "--init", "--name", own, "--network", own, image, "sleep", "60");
        } catch (IllegalStateException e) {
            remove(own);
            throw e;
        }
        figures.floor(name, () -> {
            remove(own);
            return own;
        });
    }

    private static String own() {
        return "taplab-bench-%d-%d".formatted(ProcessHandle.current().pid(), NUMBERS.incrementAndGet());
    }

    private static void remove(String own) {
        Command.run("sh", "-c", "docker rm --force \"$0\" && docker network rm \"$0\"", own);
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(Floor.class.getResourceAsStream("cold.sh"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
