package io.github.taplab.internal.docker;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands of one container, any number side by side, over the standard streams of its {@code commands.pl}, which says
 * how they travel. A {@code docker exec} for each would take many times as long.
 */
final class CommandStream {

    private static final String READY = "taplab: ready";
    // The other end ends a command at its deadline, and two seconds later waits for it no more.
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Pattern ANSWER = Pattern.compile("(\\d{1,18}) (exit|late|out|err) (\\d{1,9})");
    // Of each of the two streams; a guest's agent keeps as much.
    private static final int MOST_OUTPUT = 16 << 20;
    private static final int SHOWN = 1000;

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
     * @throws InterruptedWaitException if the thread is interrupted; the command is then killed
     * @throws IllegalStateException if the container has ended, or the command writes more than is kept; it is then
     *     killed
     */
    CommandResult run(String node, Duration deadline, List<String> argv) {
        long start = System.nanoTime();
        long id = lastId.incrementAndGet();
        String what = "%s runs %s".formatted(node, String.join(" ", argv));
        Running command = new Running();
        running.put(id, command);
        try {
            byte[] words = String.join("\0", argv).getBytes(StandardCharsets.UTF_8);
            send(command, "%d run %d %d\n".formatted(id, deadline.toMillis(), words.length), words);
            int code = Waiting.joined(what, deadline.plus(GRACE), command.exitCode);
            CommandResult result = command.result(node, argv, code, Duration.ofNanos(System.nanoTime() - start));
            if (command.tooLong) {
                throw new IllegalStateException("Command was killed, since it wrote more than %d MiB, on %s"
                        .formatted(MOST_OUTPUT >> 20, Running.head(result).describe()));
            }
            if (command.late) {
                throw new DeadlineExceededException("Command still ran after its deadline of %d ms on %s"
                        .formatted(deadline.toMillis(), result.describe()));
            }
            return result;
        } catch (StreamEndedException e) {
            throw new IllegalStateException(
                    "Container %s ended %s %s ran: %s".formatted(container, e.when, node, String.join(" ", argv)),
                    e.getCause());
        } finally {
            // Not, if it has ended; else nobody waits for it any more.
            if (!command.exitCode.isDone()) {
                kill(id);
            }
            running.remove(id);
        }
    }

    private void kill(long id) {
        send(new Running(), "%d kill\n".formatted(id), new byte[0]);
    }

    private void send(Running command, String request, byte[] words) {
        try {
            writer.execute(() -> {
                try {
                    requests.write(request.getBytes(StandardCharsets.US_ASCII));
                    requests.write(words);
                    requests.flush();
                } catch (IOException e) {
                    command.exitCode.completeExceptionally(new StreamEndedException("before", e));
                }
            });
        } catch (RejectedExecutionException e) {
            command.exitCode.completeExceptionally(new StreamEndedException("before", new IOException(e)));
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
        running.values()
                .forEach(command -> command.exitCode.completeExceptionally(new StreamEndedException("while", end)));
    }

    private void readAnswer() throws IOException {
        String line = line();
        Matcher answer = ANSWER.matcher(line);
        if (!answer.matches()) {
            throw new IOException("Container %s sent what is no answer: %s".formatted(container, line));
        }
        long id = Long.parseLong(answer.group(1));
        // Nobody waits any more for a command whose output did not end with it.
        Running command = running.getOrDefault(id, new Running());
        int number = Integer.parseInt(answer.group(3));
        switch (answer.group(2)) {
            case "exit" -> command.exitCode.complete(number);
            case "late" -> command.late = true;
            case "out" -> keep(id, command, command.stdout, bytes(number));
            default -> keep(id, command, command.stderr, bytes(number));
        }
    }

    private void keep(long id, Running command, ByteArrayOutputStream output, byte[] bytes) {
        if (output.size() + bytes.length <= MOST_OUTPUT) {
            output.writeBytes(bytes);
        } else if (!command.tooLong) {
            command.tooLong = true;
            kill(id);
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

    /** A command that has not ended; the thread that reads the answers is the only one to write. */
    private static final class Running {

        private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        // Read by who waits for the exit code, which is set later.
        private boolean late;
        private boolean tooLong;
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

        private static CommandResult head(CommandResult result) {
            return new CommandResult(
                    result.node(),
                    result.argv(),
                    result.exitCode(),
                    head(result.stdout()),
                    head(result.stderr()),
                    result.took());
        }

        private static String head(String output) {
            return output.length() <= SHOWN ? output : output.substring(0, SHOWN) + " ...";
        }
    }

    /** The stream ended before or while a command ran. */
    private static final class StreamEndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String when;

        StreamEndedException(String when, IOException cause) {
            super(cause);
            this.when = when;
        }
    }
}
