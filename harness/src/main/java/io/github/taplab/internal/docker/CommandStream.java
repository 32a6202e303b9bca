package io.github.taplab.internal.docker;

import io.github.taplab.node.CommandResult;
import io.github.taplab.node.DeadlineExceededException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Commands of one container, any number side by side, over the standard streams of its {@code commands.pl}, which says
 * how they travel. A {@code docker exec} for each would take many times as long.
 */
final class CommandStream {

    private static final String READY = "taplab: ready";
    private static final int EXIT_CODE_OF_TIMEOUT = 124;
    // A command ends itself at its deadline, and its process group a second later.
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String container;
    private final DataInputStream answers;
    private final OutputStream requests;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    // An interrupt closes a pipe that its thread writes to. This one is the lease, so only a thread of its own writes.
    private final ExecutorService writer;

    CommandStream(String container, InputStream answers, OutputStream requests) {
        this.container = container;
        this.answers = new DataInputStream(new BufferedInputStream(answers));
        this.requests = requests;
        writer = Executors.newSingleThreadExecutor(task -> daemon(task, "taplab-requests-" + container));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The process at the other end, in any container that has Perl. */
    static List<String> process() {
        try (InputStream script = CommandStream.class.getResourceAsStream("commands.pl")) {
            return List.of("perl", "-e", new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("commands.pl can't be read", e);
        }
    }

    /**
     * Waits until the process says that it takes commands, and from then on reads what it answers.
     *
     * @throws IllegalStateException if the stream ends before; the message has what came instead
     */
    void awaitReady() {
        StringBuilder seen = new StringBuilder();
        try {
            for (String line = line(); !line.equals(READY); line = line()) {
                seen.append(line).append('\n');
            }
        } catch (EOFException e) {
            throw new IllegalStateException(
                    "Container %s ended before it was ready%nstdout: %s".formatted(container, seen), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Lost the stream of container " + container, e);
        }
        daemon(this::read, "taplab-answers-" + container).start();
    }

    /**
     * Runs a command.
     *
     * @param node the name by which the result calls the container
     * @throws DeadlineExceededException if it runs longer; it is then killed, and the message has its output
     * @throws IllegalStateException if the container has ended
     */
    CommandResult run(String node, Duration deadline, List<String> argv) {
        long start = System.nanoTime();
        // The command ends itself at its deadline: nobody else could tell it to.
        List<String> bounded = new ArrayList<>(List.of("timeout", "-k", "1", seconds(deadline)));
        bounded.addAll(argv);
        long id = lastId.incrementAndGet();
        Running command = new Running();
        running.put(id, command);
        try {
            writer.execute(() -> send(id, bounded, command));
            int code = command.exitCode
                    .completeOnTimeout(
                            EXIT_CODE_OF_TIMEOUT, deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                    .get();
            CommandResult result = command.result(node, argv, code, Duration.ofNanos(System.nanoTime() - start));
            if (code == EXIT_CODE_OF_TIMEOUT && result.took().compareTo(deadline) >= 0) {
                throw new DeadlineExceededException("Command still ran after its deadline of %d ms on %s"
                        .formatted(deadline.toMillis(), result.describe()));
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceededException(
                    "Interrupted while %s ran: %s".formatted(node, String.join(" ", argv)), e);
        } catch (RejectedExecutionException | ExecutionException e) {
            throw new IllegalStateException(
                    "Container %s can't run a command, it may have ended: %s"
                            .formatted(container, String.join(" ", argv)),
                    e);
        } finally {
            running.remove(id);
        }
    }

    private void send(long id, List<String> argv, Running command) {
        byte[] bytes = String.join("\0", argv).getBytes(StandardCharsets.UTF_8);
        try {
            requests.write("%d %d\n".formatted(id, bytes.length).getBytes(StandardCharsets.US_ASCII));
            requests.write(bytes);
            requests.flush();
        } catch (IOException e) {
            command.exitCode.completeExceptionally(e);
        }
    }

    private void read() {
        IOException end;
        try {
            while (true) {
                readAnswer();
            }
        } catch (IOException e) {
            end = e;
        }
        // A command is known before it is sent: none that comes meanwhile is forgotten.
        writer.shutdownNow();
        running.values().forEach(command -> command.exitCode.completeExceptionally(end));
    }

    private void readAnswer() throws IOException {
        String[] words = line().split(" ");
        // Nobody waits any more for a command whose output did not end with it.
        Running command = running.getOrDefault(Long.valueOf(words[0]), new Running());
        int number = Integer.parseInt(words[2]);
        switch (words[1]) {
            case "exit" -> command.exitCode.complete(number);
            case "out" -> command.stdout.writeBytes(bytes(number));
            case "err" -> command.stderr.writeBytes(bytes(number));
            default ->
                throw new IOException(
                        "Container %s sent what is no answer: %s".formatted(container, String.join(" ", words)));
        }
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        answers.readFully(bytes);
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte next = answers.readByte(); next != '\n'; next = answers.readByte()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static String seconds(Duration deadline) {
        return Long.toString(deadline.toMillis() / 1000) + "." + "%03d".formatted(deadline.toMillis() % 1000);
    }

    /** A command that has not ended; the thread that reads the answers is the only one to write. */
    private static final class Running {

        private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

        private CommandResult result(String node, List<String> argv, int code, Duration took) {
            return new CommandResult(
                    node,
                    argv,
                    code,
                    stdout.toString(StandardCharsets.UTF_8),
                    stderr.toString(StandardCharsets.UTF_8),
                    took);
        }
    }
}
