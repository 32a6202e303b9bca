package io.github.taplab.internal.ring;

import io.github.taplab.internal.docker.StreamWriter;
import io.github.taplab.internal.wait.Beside;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last frames of all interfaces of one container, and the recorder there that keeps them
 * ({@code images/lab/recorder.c}). It answers requests in their order, which is how an answer is known to be for which;
 * so one that comes too late disturbs nobody.
 */
final class FrameRing implements AutoCloseable {

    private static final int LONGEST_LINE = 200;
    // No frame has that number.
    private static final RingMark END = new RingMark(Long.MAX_VALUE, 0);

    private final String node;
    private final Consumer<String> gone;
    private final Queue<Request> requests = new ArrayDeque<>();
    private final Beside<Boolean> recording;
    private @Nullable StreamWriter writer;
    private @Nullable String end;

    /** A question on its way. */
    private static final class Request {

        private final RingMark from;
        private final CompletableFuture<RingContent> content = new CompletableFuture<>();
        private Instant asked = Instant.now();

        Request(RingMark from) {
            this.from = from;
        }

        void send(StreamWriter writer) {
            asked = Instant.now();
            // Should the recorder be gone, the end of what it says is noticed.
            CompletableFuture<Void> unused =
                    writer.write("dump %d\n".formatted(from.next()).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private FrameRing(String node, Supplier<Recorder> opener, Consumer<String> gone) {
        this.node = node;
        this.gone = gone;
        recording = Beside.begin("taplab-ring: " + node, () -> record(opener));
    }

    /**
     * Begins to record, and waits for nothing.
     *
     * @param node whose frames they are
     * @param opener starts the recorder
     * @param gone told why there are no frames, or no more
     */
    static FrameRing begin(String node, Supplier<Recorder> opener, Consumer<String> gone) {
        return new FrameRing(node, opener, gone);
    }

    /**
     * Asks for all frames since a mark that it still has, with all that had passed until it is asked.
     *
     * @return fails with an {@link IllegalStateException} when it has ended
     */
    synchronized CompletableFuture<RingContent> since(RingMark mark) {
        Request request = new Request(mark);
        if (end != null) {
            request.content.completeExceptionally(new IllegalStateException(end));
            return request.content;
        }
        requests.add(request);
        if (writer != null) {
            request.send(writer);
        }
        return request.content;
    }

    /** Asks for the mark of now; it fails as {@link #since} does. */
    CompletableFuture<RingMark> mark() {
        return since(END).thenApply(RingContent::end);
    }

    private boolean record(Supplier<Recorder> opener) {
        Recorder recorder;
        try {
            recorder = opener.get();
        } catch (RuntimeException e) {
            ended("its recorder did not start: " + e.getMessage());
            return false;
        }
        try (recorder;
                StreamWriter toIt = new StreamWriter("taplab-ring-requests: " + node, recorder.requests());
                DataInputStream answers = new DataInputStream(new BufferedInputStream(recorder.answers()))) {
            sendAll(toIt);
            while (true) {
                readAnswer(answers);
            }
        } catch (IOException e) {
            String said = recorder.lastWords();
            ended("its recorder has ended" + (said.isEmpty() ? "" : " and said: " + said));
        } catch (MalformedRingException e) {
            ended("its recorder can't be understood: " + e.getMessage());
        } catch (RuntimeException e) {
            ended("its recorder failed: " + e);
        }
        return true;
    }

    private synchronized void sendAll(StreamWriter toIt) {
        writer = toIt;
        requests.forEach(request -> request.send(toIt));
    }

    private void readAnswer(DataInputStream answers) throws IOException, MalformedRingException {
        AnswerLine line = AnswerLine.parse(line(answers));
        Instant answered = Instant.now();
        byte[] bytes = new byte[line.length()];
        answers.readFully(bytes);
        Request request = next();
        RingContent content = new RingContent(
                RingParser.frames(node, bytes),
                Math.max(0, line.overwritten() - request.from.next()),
                line.lost() - request.from.lost(),
                line.lostUntil(),
                new RingMark(line.next(), line.lost()),
                HostClock.between(request.asked, line.clock(), answered));
        if (content.frames().size() != line.frames(request.from.next())) {
            throw new MalformedRingException("%d frames came instead of %d"
                    .formatted(content.frames().size(), line.frames(request.from.next())));
        }
        synchronized (this) {
            requests.remove();
        }
        request.content.complete(content);
    }

    // It stays there until it is answered: should that be the end, it is told too.
    private synchronized Request next() throws MalformedRingException {
        Request request = requests.peek();
        if (request == null) {
            throw new MalformedRingException("It answers without having been asked");
        }
        return request;
    }

    private static String line(DataInputStream answers) throws IOException, MalformedRingException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (line.size() == LONGEST_LINE) {
                throw new MalformedRingException("A line has more than %d bytes".formatted(LONGEST_LINE));
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private void ended(String why) {
        synchronized (this) {
            end = why;
            requests.forEach(request -> request.content.completeExceptionally(new IllegalStateException(why)));
            requests.clear();
        }
        gone.accept(why);
    }

    /** Has the recorder end; it waits for nothing. */
    @Override
    public void close() {
        recording.close();
    }
}
