package io.github.taplab.internal.docker;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.Quoted;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Commands of one container or guest, any number side by side, over a stream to its process {@code commands}
 * ({@code images/lab/commands.c}), which says how they travel. A {@code docker exec} for each would take many times as
 * long.
 */
public final class CommandStream implements AutoCloseable {

    /** The process at the other end, in a container of the lab image. */
    static final String PROCESS = "/usr/lib/taplab/commands";

    private static final String READY = "taplab: ready";
    // The other end ends a command at its deadline, and two seconds later waits for it no more.
    private static final Duration GRACE = Duration.ofSeconds(10);
    // Who is alive answers at once; but others may boot on the same cores.
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final SecureRandom RANDOM = new SecureRandom();
    // The process sends no longer piece, and no line comes near it. But a guest is not trusted.
    private static final int LONGEST = 1 << 20;
    private static final int SESSION_DELIMITER = 0xff;
    // Its number has 18 digits at most, as those of commands.
    private static final long MOST_SESSIONS = 1_000_000_000_000_000_000L;
    private static final Pattern ANSWER =
            Pattern.compile("(\\d{1,18}) (exit|late|out|err|there|session|clock|write|address|open|in) (\\d{1,9})");

    private final String whose;
    private final Duration silence;
    private final DataInputStream answers;
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicLong heard = new AtomicLong();
    private volatile @Nullable Heard last;
    private final Map<Long, RunningProcess> running = new ConcurrentHashMap<>();
    // An interrupt closes a pipe that its thread writes to. This one is the lease, so only a thread of its own writes.
    private final StreamWriter requests;

    /**
     * An answer.
     *
     * @param line without what is behind it
     * @param at when it came, by the JVM's clock
     */
    private record Heard(String line, long at) {}

    /**
     * The JVM's end of a stream.
     *
     * @param whose in words, for messages: "Container box"
     */
    public CommandStream(String whose, InputStream answers, OutputStream requests) {
        this(whose, answers, requests, SILENCE);
    }

    CommandStream(String whose, InputStream answers, OutputStream requests, Duration silence) {
        this.whose = whose;
        this.silence = silence;
        this.answers = new DataInputStream(new BufferedInputStream(answers));
        this.requests = new StreamWriter("taplab-requests: " + whose, requests);
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
            throw new IllegalStateException("%s ended before it was ready%nstdout: %s".formatted(whose, seen), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Lost the stream of " + whose, e);
        }
        startReading();
    }

    /**
     * Has the process, which may have served others, forget all that was before, and waits until it has. Whatever comes
     * until then is for others; nobody but who is told now knows the session's number.
     *
     * @throws NoAnswerException if the stream ends before
     */
    public void beginSession() {
        String session = "%d session".formatted(RANDOM.nextLong(MOST_SESSIONS));
        ByteArrayOutputStream begin = new ByteArrayOutputStream();
        begin.write(SESSION_DELIMITER);
        begin.writeBytes((session + "\n").getBytes(StandardCharsets.US_ASCII));
        // Should it be gone, the end of what it says is noticed.
        CompletableFuture<Void> unused = requests.write(begin.toByteArray());
        try {
            // The rest of an answer to others may be in front of it.
            for (String line = line(); !line.endsWith(session + " 0"); line = line()) {
                // A guest may hear of the end of its last session after it was asked for this one, and forgets both.
                if (line.endsWith(READY)) {
                    unused = requests.write(begin.toByteArray());
                }
            }
        } catch (IOException e) {
            throw new NoAnswerException("%s ended before it took commands".formatted(whose), e);
        }
        startReading();
    }

    private void startReading() {
        Thread reader = new Thread(this::read, "taplab-answers: " + whose);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Runs a command.
     *
     * @param node the name by which the result calls who runs it
     * @throws DeadlineExceededException if it runs longer; it is then killed, and the message has its output
     * @throws InterruptedWaitException if the thread is interrupted; the command is then killed
     * @throws NoAnswerException if the stream has ended, or nothing is heard of the process any more
     * @throws IllegalStateException if the command writes more than is kept; it is then killed
     */
    public CommandResult run(String node, Duration deadline, List<String> argv) {
        RunningCommand command = new RunningCommand(node, argv);
        byte[] words = String.join("\0", argv).getBytes(StandardCharsets.UTF_8);
        await(command, id -> send("%d run %d %d\n".formatted(id, deadline.toMillis(), words.length), words), deadline);
        return command.result(deadline);
    }

    /**
     * Sets the clock of the system that the process runs in.
     *
     * @param node its name
     * @throws NoAnswerException as {@link #run} does
     * @throws IllegalStateException if the system refuses
     */
    public void setClock(String node, Instant time) {
        long nanoseconds = TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
        serve(node, "set its clock", id -> send("%d clock %d\n".formatted(id, nanoseconds), new byte[0]));
    }

    /**
     * Writes a file where the process runs, replacing one that is there; its folder must be there.
     *
     * @param node the name of the system
     * @throws NoAnswerException as {@link #run} does
     * @throws IllegalStateException if the system refuses
     */
    public void writeFile(String node, String path, byte[] content) {
        // Any byte may be in it, and one of them begins a session.
        byte[] file = (path + '\0' + HexFormat.of().formatHex(content)).getBytes(StandardCharsets.UTF_8);
        serve(node, "write " + path, id -> send("%d write %d\n".formatted(id, file.length), file));
    }

    /**
     * Gives a NIC of the system that the process runs in an IPv4 address, and the system its default route, as
     * {@code ip} would.
     *
     * @param node its name
     * @param router empty: it gets no route
     * @throws NoAnswerException as {@link #run} does
     * @throws IllegalStateException if the system refuses
     */
    public void addAddress(String node, String nic, InterfaceIp address, Optional<InetAddress> router) {
        String words = "%s %s %d%s"
                .formatted(
                        nic,
                        address.ip().getHostAddress(),
                        address.prefixLength(),
                        router.map(via -> " " + via.getHostAddress()).orElse(""));
        byte[] bytes = words.getBytes(StandardCharsets.US_ASCII);
        serve(
                node,
                "add the address %s to %s%s"
                        .formatted(
                                address,
                                nic,
                                router.map(via -> ", and a default route by way of " + via.getHostAddress())
                                        .orElse("")),
                id -> send("%d address %d\n".formatted(id, bytes.length), bytes));
    }

    // What the process does by itself.
    private void serve(String node, String what, LongFunction<CompletableFuture<Void>> request) {
        RunningCommand command = new RunningCommand(node, List.of(what));
        await(command, request, silence);
        int errno = command.result(silence).exitCode();
        if (errno != 0) {
            throw new IllegalStateException("%s can't %s: errno %d".formatted(node, what, errno));
        }
    }

    private void await(RunningCommand command, LongFunction<CompletableFuture<Void>> request, Duration deadline) {
        long id = lastId.incrementAndGet();
        running.put(id, command);
        CompletableFuture<Void> sent = request.apply(id);
        try {
            endIfUnsent(command, sent);
            awaitEnd(command, command.toString(), deadline);
        } catch (StreamEndedException e) {
            throw new NoAnswerException(
                    "%s ended %s %s".formatted(whose, endedWhen(sent), command.whatRan()), e.getCause());
        } finally {
            // Not, if it has ended; else nobody waits for it any more.
            if (!command.exitCode().isDone()) {
                kill(id);
            }
            running.remove(id);
        }
    }

    /**
     * Starts a process whose standard streams are then the caller's; it should end when its input does.
     *
     * @throws NoAnswerException as {@link #run} does
     */
    ByteStream open(List<String> argv) {
        String shown = LeasedContainer.shown(argv);
        ByteStream stream = new ByteStream();
        OpenProcess process = new OpenProcess(shown, stream.receiver());
        long id = lastId.incrementAndGet();
        running.put(id, process);
        byte[] words = String.join("\0", argv).getBytes(StandardCharsets.UTF_8);
        CompletableFuture<Void> sent = send("%d open %d\n".formatted(id, words.length), words);
        try {
            endIfUnsent(process, sent);
            boolean unusedAnswer = Waiting.joined("%s starts %s".formatted(whose, shown), silence, process.isBegun());
        } catch (StreamEndedException e) {
            giveUp(id, stream);
            throw new NoAnswerException(
                    "%s ended %s it started: %s".formatted(whose, endedWhen(sent), shown), e.getCause());
        } catch (DeadlineExceededException e) {
            giveUp(id, stream);
            throw new NoAnswerException("%s does not answer: %s".formatted(whose, e.getMessage()), e);
        } catch (RuntimeException e) {
            giveUp(id, stream);
            throw e;
        }
        feed(id, shown, stream, process);
        return stream;
    }

    private void giveUp(long id, ByteStream stream) {
        running.remove(id);
        kill(id);
        stream.close();
    }

    private void feed(long id, String shown, ByteStream stream, OpenProcess process) {
        Thread feeder = new Thread(
                () -> {
                    byte[] piece = new byte[OpenProcess.PIECE];
                    try (InputStream input = stream.requestBody()) {
                        int length = input.read(piece);
                        while (length >= 0 && process.awaitRoom(length)) {
                            CompletableFuture<Void> unused =
                                    send("%d in %d\n".formatted(id, length), Arrays.copyOf(piece, length));
                            length = input.read(piece);
                        }
                    } catch (IOException | InterruptedException ended) {
                        // So has the process, or will.
                    }
                    CompletableFuture<Void> unused = send("%d eof\n".formatted(id), new byte[0]);
                },
                "taplab-input: " + shown);
        feeder.setDaemon(true);
        feeder.start();
    }

    private void awaitEnd(RunningCommand command, String what, Duration deadline) {
        CompletableFuture<Boolean> ended = command.exitCode().handle((code, failure) -> true);
        long before = heard.get();
        try {
            Waiting.forEvent(what, deadline.plus(GRACE), silence, ended, signsOfLife(), () -> heardSince(before));
        } catch (DeadlineExceededException e) {
            throw new NoAnswerException("%s does not answer: %s".formatted(whose, e.getMessage()), e);
        }
        // It is done: this throws what it may have failed with.
        int unused = Waiting.joined(what, GRACE, command.exitCode());
    }

    // A guest is not trusted: it may say a lot, and nothing that ends the command.
    private String heardSince(long before) {
        long count = heard.get() - before;
        Heard latest = last;
        return count == 0 || latest == null || System.nanoTime() - latest.at() >= silence.toNanos()
                ? "no answer"
                : "answers that are not its end: %d, the last one %s".formatted(count, Quoted.of(latest.line()));
    }

    // A command may say nothing for a long time, but who runs it answers when it is asked.
    private LongSupplier signsOfLife() {
        AtomicBoolean waits = new AtomicBoolean();
        return () -> {
            if (waits.getAndSet(true)) {
                CompletableFuture<Void> unused = send("0 there\n", new byte[0]);
            }
            return heard.get();
        };
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

    private static void endIfUnsent(RunningProcess process, CompletableFuture<Void> request) {
        CompletableFuture<Void> unused = request.whenComplete((sent, failure) -> {
            if (failure != null) {
                process.lost(new StreamEndedException(failure.getCause()));
            }
        });
    }

    // Whoever reads may notice the end first, of a process that was never asked for too.
    private static String endedWhen(CompletableFuture<Void> sent) {
        return sent.isCompletedExceptionally() ? "before" : "while";
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
        running.values().forEach(process -> process.lost(new StreamEndedException(end)));
    }

    private void readAnswer() throws IOException {
        String line = line();
        Matcher answer = ANSWER.matcher(line);
        if (!answer.matches()) {
            throw new IOException(
                    line.endsWith(READY)
                            ? "it has started anew"
                            : "%s sent what is no answer: %s".formatted(whose, Quoted.of(line)));
        }
        last = new Heard(line, System.nanoTime());
        heard.incrementAndGet();
        long id = Long.parseLong(answer.group(1));
        RunningProcess process = running.get(id);
        int number = Integer.parseInt(answer.group(3));
        String what = answer.group(2);
        byte[] output = what.equals("out") || what.equals("err") ? bytes(number) : new byte[0];
        if (process == null) {
            // Nobody waits any more for a command whose output did not end with it.
            return;
        }
        boolean tooMuch = false;
        switch (what) {
            case "exit", "clock", "write", "address" -> process.ended(number);
            case "late" -> process.late();
            case "open" -> process.begun();
            case "in" -> process.fed(number);
            case "out" -> tooMuch = !process.takeStdout(output);
            case "err" -> tooMuch = !process.takeStderr(output);
            default -> throw new IOException("%s sent what is no answer: %s".formatted(whose, Quoted.of(line)));
        }
        if (what.equals("exit")) {
            running.remove(id);
        }
        if (tooMuch) {
            kill(id);
        }
    }

    private byte[] bytes(int length) throws IOException {
        if (length > LONGEST) {
            throw new IOException("%s sent %d bytes at once".formatted(whose, length));
        }
        byte[] bytes = new byte[length];
        answers.readFully(bytes);
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte next = answers.readByte(); next != '\n'; next = answers.readByte()) {
            if (line.size() == LONGEST) {
                throw new IOException("%s sent a line of more than %d bytes".formatted(whose, LONGEST));
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Gives up what has not been sent. The stream is closed by whoever opened it. */
    @Override
    public void close() {
        requests.close();
    }

    /** The stream ended. */
    private static final class StreamEndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StreamEndedException(@Nullable Throwable cause) {
            super(cause);
        }
    }
}
