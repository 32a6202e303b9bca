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
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Commands of one container, any number side by side, over the standard streams of its {@code commands.pl}, which says
 * how they travel. A {@code docker exec} for each would take many times as long.
 */
final class CommandStream {

    private static final String READY = "taplab: ready";
    // The other end ends a command at its deadline, and two seconds later waits for it no more.
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Pattern ANSWER = Pattern.compile("(\\d{1,18}) (exit|late|out|err) (\\d{1,9})");

    private final String container;
    private final DataInputStream answers;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, RunningCommand> running = new ConcurrentHashMap<>();
    // An interrupt closes a pipe that its thread writes to. This one is the lease, so only a thread of its own writes.
    private final StreamWriter requests;

    CommandStream(String container, InputStream answers, OutputStream requests) {
        this.container = container;
        this.answers = new DataInputStream(new BufferedInputStream(answers));
        this.requests = new StreamWriter("taplab-requests-" + container, requests);
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
        Thread reader = new Thread(this::read, "taplab-answers-" + container);
        reader.setDaemon(true);
        reader.start();
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
        long id = lastId.incrementAndGet();
        String what = "%s runs %s".formatted(node, String.join(" ", argv));
        RunningCommand command = new RunningCommand(node, argv);
        running.put(id, command);
        try {
            byte[] words = String.join("\0", argv).getBytes(StandardCharsets.UTF_8);
            CompletableFuture<Void> unused = send(
                            "%d run %d %d\n".formatted(id, deadline.toMillis(), words.length), words)
                    .whenComplete((sent, failure) -> {
                        if (failure != null) {
                            end(command, "before", failure.getCause());
                        }
                    });
            Waiting.joined(what, deadline.plus(GRACE), command.exitCode());
            return command.result(deadline);
        } catch (StreamEndedException e) {
            throw new IllegalStateException(
                    "Container %s ended %s %s ran: %s".formatted(container, e.when, node, String.join(" ", argv)),
                    e.getCause());
        } finally {
            // Not, if it has ended; else nobody waits for it any more.
            if (!command.exitCode().isDone()) {
                kill(id);
            }
            running.remove(id);
        }
    }

    private void kill(long id) {
        CompletableFuture<Void> unused = send("%d kill\n".formatted(id), new byte[0]);
    }

    private CompletableFuture<Void> send(String request, byte[] words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(request.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(words);
        return requests.write(bytes.toByteArray());
    }

    private static void end(RunningCommand command, String when, @Nullable Throwable cause) {
        command.exitCode().completeExceptionally(new StreamEndedException(when, cause));
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
        requests.close();
        running.values().forEach(command -> end(command, "while", end));
    }

    private void readAnswer() throws IOException {
        String line = line();
        Matcher answer = ANSWER.matcher(line);
        if (!answer.matches()) {
            throw new IOException("Container %s sent what is no answer: %s".formatted(container, line));
        }
        long id = Long.parseLong(answer.group(1));
        RunningCommand command = running.get(id);
        int number = Integer.parseInt(answer.group(3));
        String what = answer.group(2);
        byte[] output = what.equals("out") || what.equals("err") ? bytes(number) : new byte[0];
        if (command == null) {
            // Nobody waits any more for a command whose output did not end with it.
            return;
        }
        boolean tooMuch = false;
        switch (what) {
            case "exit" -> command.exitCode().complete(number);
            case "late" -> command.late();
            case "out" -> tooMuch = !command.keepStdout(output);
            default -> tooMuch = !command.keepStderr(output);
        }
        if (tooMuch) {
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

    /** The stream ended before or while a command ran. */
    private static final class StreamEndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String when;

        StreamEndedException(String when, @Nullable Throwable cause) {
            super(cause);
            this.when = when;
        }
    }
}
