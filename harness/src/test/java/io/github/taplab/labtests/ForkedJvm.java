package io.github.taplab.labtests;

import io.github.taplab.internal.wait.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** Another JVM that runs one test class and can be killed. */
public final class ForkedJvm implements AutoCloseable {

    private static final Duration SLOWEST_LAB = Duration.ofSeconds(90);
    private static final Duration SLOWEST_END = Duration.ofSeconds(30);

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> reading;

    private ForkedJvm(Process process) {
        this.process = process;
        reading = CompletableFuture.runAsync(this::read, work -> new Thread(work, "forked-jvm-output").start());
    }

    static ForkedJvm run(Class<?> testClass) {
        return run(testClass, Map.of(), List.of());
    }

    /**
     * Starts a JVM.
     *
     * @param environment beyond this JVM's own
     * @param options such as {@code -Dtaplab.required=true}
     */
    public static ForkedJvm run(Class<?> testClass, Map<String, String> environment, List<String> options) {
        ProcessBuilder builder = new ProcessBuilder(command(testClass, options)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new ForkedJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that starts it. */
    static List<String> command(Class<?> testClass, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // It lives for seconds, beside its guest: see the argLine of the tests' own JVM.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), RunTestClass.class.getName(), testClass.getName()));
        return command;
    }

    /** The label of all that it brings into being. */
    String label() {
        return "io.github.taplab.pid=" + process.pid();
    }

    /** What it has printed so far. */
    public String output() {
        return String.join("\n", lines);
    }

    /** Waits until it has printed this. */
    public void awaitOutput(String words) {
        Waiting.until(
                "the other JVM prints \"" + words + "\"",
                SLOWEST_LAB,
                this::output,
                printed -> printed.contains(words));
    }

    /**
     * Waits until its lab looks like this.
     *
     * @throws AssertionError if the JVM ends before
     */
    void awaitLab(String state, BooleanSupplier reached) {
        Waiting.until(state + ", or the other JVM has ended", SLOWEST_LAB, this::output, printed -> {
            boolean is = reached.getAsBoolean();
            assertAlive(state);
            return is;
        });
    }

    private void assertAlive(String state) {
        if (!process.isAlive()) {
            throw new AssertionError(
                    "The other JVM ended by itself, while it was waited for: " + state + "\n" + output());
        }
    }

    /** Waits until it has ended and returns all that it printed. */
    String awaitEnd() {
        Waiting.forEvent("the other JVM ends", SLOWEST_END, reading, this::output);
        return output();
    }

    /** SIGTERM, like Ctrl-C's SIGINT a request: shutdown hooks run. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGSTOP: all its threads stand still, and its connections stay. */
    void suspend() {
        signal("STOP");
    }

    /** SIGCONT: they go on. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        assertAlive("SIG" + name);
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -%s ended with %d".formatted(name, code));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * SIGKILL: nothing of it runs any more.
     *
     * @throws AssertionError if it has ended by itself before: then nothing was killed
     */
    public void kill() {
        assertAlive("it is killed");
        tryToKill();
    }

    /** Kills it, where it has not ended by itself before; and says whether it had not. */
    boolean tryToKill() {
        boolean alive = process.isAlive();
        process.toHandle().destroyForcibly();
        awaitEnd();
        return alive;
    }

    // The process is ended through its handle: its own destroy() would also close what is read here.
    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
