package io.github.taplab.chaos;

import io.github.taplab.internal.wait.Waiting;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An engine that may be stopped and whose disk may be filled. It lives in namespaces of its own: its bridges and packet
 * filter rules are not those of the usual engine, its disk is memory, and when the process that holds the namespaces
 * ends, which is when its standard input does, nothing is left of any of it.
 */
final class OwnEngine implements AutoCloseable {

    private static final Duration START = Patience.of(Duration.ofSeconds(60));
    private static final Duration STOP = Patience.of(Duration.ofSeconds(40));
    // The lab image, and as much again while it is loaded.
    private static final int MIB = 2048;
    // What labs write, and what fills up soon.
    private static final int ROOM_MIB = 96;

    private final Path folder;
    private final Path log;
    private final Process holder;
    private final long inside;
    private Process daemon;
    private final Engine engine;

    private OwnEngine(Path folder, Path log, Process holder, long inside) {
        this.folder = folder;
        this.log = log;
        this.holder = holder;
        this.inside = inside;
        this.daemon = startDaemon();
        engine = Engine.at(address());
    }

    /** Why there can be none here; empty: there can. */
    static Optional<String> impossible() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("only root can start an engine");
        }
        if (System.getenv("DOCKER_HOST") != null) {
            return Optional.of("DOCKER_HOST names the engine to use");
        }
        for (String program : List.of("dockerd", "unshare", "nsenter")) {
            if (onPath(program).isEmpty()) {
                return Optional.of("there is no " + program);
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> onPath(String program) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts one and gives it the lab image.
     *
     * @param folder for its socket
     * @param log what it writes
     */
    static OwnEngine start(Path folder, Path log, Engine usual, String image) {
        Process holder = null;
        try {
            Files.createDirectories(folder.resolve("data"));
            // The shell stays, since the first process of a namespace has to reap: seen without it, a killed containerd
            // was a zombie, the next dockerd took it for a running one, and waited for its answer in vain.
            holder = new ProcessBuilder(
                            "unshare",
                            "--net",
                            "--mount",
                            "--pid",
                            "--fork",
                            "--mount-proc",
                            "--kill-child",
                            "sh",
                            "-ec",
                            "ip link set lo up; mount -t tmpfs -o size=\"$1\"m tmpfs \"$2\"; echo ready; cat; exit",
                            "sh",
                            Integer.toString(MIB),
                            folder.resolve("data").toString())
                    .redirectError(log.toFile())
                    .start();
            BufferedReader words = holder.inputReader();
            String word = Waiting.call("namespaces for an engine", START, words::readLine);
            long inside = holder.toHandle()
                    .children()
                    .findFirst()
                    .map(ProcessHandle::pid)
                    .orElse(-1L);
            if (!"ready".equals(word) || inside < 0) {
                throw new IllegalStateException("No namespaces for an engine, see " + log);
            }
            OwnEngine own = new OwnEngine(folder, log, holder, inside);
            try {
                own.awaitAnswer();
                own.engine.load(usual, image);
                own.run("mount", "-o", "remount,size=%dm".formatted(own.usedMib() + ROOM_MIB), own.data());
            } catch (RuntimeException e) {
                own.close();
                throw e;
            }
            return own;
        } catch (IOException e) {
            if (holder != null) {
                holder.toHandle().destroyForcibly();
            }
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("unix://" + folder.resolve("docker.sock"));
    }

    Engine engine() {
        return engine;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Process startDaemon() {
        try {
            return new ProcessBuilder(entering(List.of(
                            "dockerd",
                            "--data-root",
                            data() + "/docker",
                            "--exec-root",
                            folder.resolve("exec").toString(),
                            "--pidfile",
                            folder.resolve("pid").toString(),
                            "--host",
                            address().toString(),
                            "--bridge=none")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> entering(List<String> command) {
        List<String> whole = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(inside), "--net", "--mount", "--pid", "--"));
        whole.addAll(command);
        return whole;
    }

    private String run(String... command) {
        try {
            Process process = new ProcessBuilder(entering(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            String said = Waiting.call(
                    String.join(" ", command),
                    START,
                    () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            if (!process.waitFor(START.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("%s: %s".formatted(String.join(" ", command), said));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while this ran: " + String.join(" ", command), e);
        }
    }

    private long usedMib() {
        String[] row = run("df", "--output=used", "-m", data()).strip().split("\\s+", -1);
        return Long.parseLong(row[row.length - 1]);
    }

    void awaitAnswer() {
        Waiting.until("an engine of our own answers", START, engine::answers, answers -> answers);
    }

    /**
     * Stops the engine and starts it again.
     *
     * @param killed by SIGKILL instead of SIGTERM
     */
    boolean restart(boolean killed) {
        stop(killed);
        daemon = startDaemon();
        awaitAnswer();
        return true;
    }

    private void stop(boolean killed) {
        // nsenter stays, and the engine is its child.
        for (ProcessHandle child : daemon.toHandle().children().toList()) {
            boolean asked = killed ? child.destroyForcibly() : child.destroy();
            assert asked || !child.isAlive();
        }
        try {
            if (!daemon.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                daemon.descendants().forEach(ProcessHandle::destroyForcibly);
                daemon.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        // First asked: a killed one leaves its containers' groups in the host's cgroup tree.
        stop(false);
        engine.close();
        holder.toHandle().children().forEach(ProcessHandle::destroyForcibly);
        holder.toHandle().destroyForcibly();
    }
}
