package io.github.taplab.labtests;

import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Docker engine of a test's own, with its own folder and namespaces; it ends with its first process. */
final class OwnEngine implements AutoCloseable {

    private static final String SOCKET = "docker.sock";
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration END = Duration.ofSeconds(40);
    // What a killed one left in its folder for running things has to go, as a boot of the host takes it away: it says
    // which process containerd is, and that number is one of the next engine's threads in its new namespace, which is
    // then waited for in vain.
    private static final String SCRIPT = """
            ip link set lo up
            rm -rf "$1/exec"
            dockerd --data-root "$1/data" --exec-root "$1/exec" --pidfile "$1/pid" --host "unix://$1/docker.sock" \
              --bridge=none >"$1/log" 2>&1 &
            engine=$!
            trap 'kill -TERM $engine' TERM
            wait $engine
            wait $engine
            """;

    private final Path folder;
    private final Process namespaces;

    private OwnEngine(Path folder, Process namespaces) {
        this.folder = folder;
        this.namespaces = namespaces;
    }

    /** Whether this machine and its user can start one. */
    static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"))
                && Stream.of("dockerd", "unshare").allMatch(OwnEngine::isThere);
    }

    private static boolean isThere(String program) {
        return Stream.of("/usr/bin", "/usr/sbin", "/sbin", "/bin")
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /**
     * Starts one, and waits until it answers. It has nothing, or what one that was killed has left there.
     *
     * @param folder for all that it has; the path must be short, there is a socket in it
     */
    static OwnEngine start(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(SOCKET));
            Files.deleteIfExists(folder.resolve("pid"));
            Process namespaces = new ProcessBuilder(List.of(
                            "unshare",
                            "--net",
                            "--mount",
                            "--pid",
                            "--fork",
                            "--mount-proc",
                            "--kill-child",
                            "sh",
                            "-c",
                            SCRIPT,
                            "sh",
                            folder.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("namespaces.log").toFile())
                    .start();
            OwnEngine engine = new OwnEngine(folder, namespaces);
            Waiting.until(
                    "an engine of this test's own answers",
                    START,
                    engine::answers,
                    there -> there,
                    no -> new IllegalStateException("It does not answer: " + engine.log()));
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        if (!namespaces.isAlive()) {
            throw new IllegalStateException("It has ended: " + log());
        }
        if (!Files.exists(folder.resolve(SOCKET))) {
            return false;
        }
        try {
            DockerEngine.connect(name()).close();
            return true;
        } catch (LabUnavailableException notYet) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "there is no log: " + e;
        }
    }

    /** As {@code taplab.engines} names it. */
    EngineName name() {
        return EngineName.parse("unix://" + folder.resolve(SOCKET)).get(0);
    }

    /** Where it has the files of a volume. */
    Path volume(String name) {
        return folder.resolve("data/volumes").resolve(name).resolve("_data");
    }

    /** Kills it, with all that runs in it, at once, and returns when all of that has ended. */
    void kill() {
        List<ProcessHandle> all = Stream.concat(Stream.of(namespaces.toHandle()), namespaces.descendants())
                .toList();
        namespaces.destroyForcibly();
        all.forEach(each -> Waiting.joined("process %d ends".formatted(each.pid()), END, each.onExit()));
    }

    /** Ends it, with all that runs in it. */
    @Override
    public void close() {
        // The first process of the namespaces asks the engine to end, and with it all goes.
        namespaces.descendants().limit(1).forEach(ProcessHandle::destroy);
        try {
            if (!namespaces.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                namespaces.destroyForcibly();
            }
        } catch (InterruptedException e) {
            namespaces.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
