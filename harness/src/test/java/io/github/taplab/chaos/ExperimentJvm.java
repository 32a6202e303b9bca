package io.github.taplab.chaos;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A JVM of its own that runs one {@link Experiment}, tells how far it is, and takes orders. */
final class ExperimentJvm implements AutoCloseable {

    static final String MARKER = "chaos: at ";
    static final String OVER = "chaos: run over";

    // Its lab has to start first, perhaps beside others.
    private static final Duration SLOWEST_LAB = Patience.of(Duration.ofSeconds(90));
    private static final Duration SILENCE = Patience.of(Duration.ofSeconds(20));
    private static final Duration DUMP = Patience.of(Duration.ofSeconds(5));

    /** A line that it wrote, and when. */
    record Line(long nanos, String text) {}

    private final Process process;
    private final List<Line> lines = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile long endNanos;

    private ExperimentJvm(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "chaos-jvm-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts one.
     *
     * @param main class to run
     * @param folder for its temporary files
     * @param environment beyond this JVM's own
     */
    static ExperimentJvm start(Class<?> main, Path folder, Map<String, String> environment, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder,
                "-Dtaplab.required=true",
                "-Dtaplab.boot.silence=" + SILENCE.toSeconds()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new ExperimentJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The process is ended through its handle: its own destroy() would also close what is read here.
    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(new Line(System.nanoTime(), line));
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            endNanos = System.nanoTime();
            synchronized (lines) {
                ended.complete(null);
                lines.notifyAll();
            }
        }
    }

    /** The label of all that it brings into being. */
    String label() {
        return "io.github.taplab.pid=" + process.pid();
    }

    long pid() {
        return process.pid();
    }

    List<Line> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    String output() {
        return String.join("\n", lines().stream().map(Line::text).toList());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether its run is over, or itself. */
    boolean isOver() {
        return !process.isAlive() || has(line -> line.contains(OVER));
    }

    long endNanos() {
        return endNanos;
    }

    /** How far its test class has come; empty: not yet to its first method. */
    Optional<String> lastMarker() {
        return lines().stream()
                .map(Line::text)
                .filter(line -> line.contains(MARKER))
                .map(line -> line.substring(line.indexOf(MARKER) + MARKER.length()))
                .reduce((before, after) -> after);
    }

    private boolean has(Predicate<String> wanted) {
        return lines().stream().map(Line::text).anyMatch(wanted);
    }

    void awaitMarker(Moment moment) {
        if (!awaitLine(line -> line.contains(MARKER + moment.words()) || line.contains(OVER), SLOWEST_LAB)) {
            throw new DeadlineExceededException(
                    "The JVM did not come to \"%s\" within %d s".formatted(moment.words(), SLOWEST_LAB.toSeconds()));
        }
    }

    /** Waits until it writes such a line or ends; whether one of both came in time. */
    boolean awaitLine(Predicate<String> wanted, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        synchronized (lines) {
            int seen = 0;
            while (true) {
                for (; seen < lines.size(); seen++) {
                    if (wanted.test(lines.get(seen).text())) {
                        return true;
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended.isDone() || left <= 0) {
                    return ended.isDone();
                }
                try {
                    lines.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
    }

    /** Whether it ended in time. */
    boolean awaitEnd(Duration deadline) {
        return awaitLine(line -> false, deadline);
    }

    /** Lets some time go by, unless it ends. */
    void pause(Duration pause) {
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> unused = ended.whenComplete((nothing, failure) -> over.countDown());
        try {
            boolean gone = over.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            assert !gone || ended.isDone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes a line on its standard input; whether it could be written. */
    boolean tell(String order) {
        // Not closed: it may be told more.
        Writer orders = process.outputWriter(StandardCharsets.UTF_8);
        try {
            orders.write(order + "\n");
            orders.flush();
            return true;
        } catch (IOException hasEnded) {
            return false;
        }
    }

    /** SIGKILL: nothing of it runs any more. Whether it ran. */
    boolean kill() {
        return process.isAlive() && process.toHandle().destroyForcibly();
    }

    /** SIGTERM, like Ctrl-C's SIGINT a request: shutdown hooks run. Whether it ran. */
    boolean terminate() {
        return process.isAlive() && process.toHandle().destroy();
    }

    /** Has it write the stacks of all its threads: what hangs is then in its output. */
    void dumpThreads() {
        try {
            Process dump = new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start();
            if (dump.waitFor(DUMP.toMillis(), TimeUnit.MILLISECONDS)) {
                awaitLine(line -> line.startsWith("JNI global refs"), DUMP);
            }
        } catch (IOException noSuchCommand) {
            // Then there is none.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it and waits for its end. */
    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        Waiting.forEvent("a killed JVM ends", Patience.of(Duration.ofSeconds(20)), ended, () -> "it does not");
    }
}
