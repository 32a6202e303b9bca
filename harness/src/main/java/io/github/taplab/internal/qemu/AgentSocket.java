package io.github.taplab.internal.qemu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.StreamWriter;
import io.github.taplab.internal.machine.AgentQuestion;
import io.github.taplab.internal.text.Visible;
import io.github.taplab.internal.wait.Turn;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.Quoted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The agent's channel where no libvirt is between: one JSON document a line, one question at a time. */
final class AgentSocket implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int SHOWN = 500;
    private static final Answer NOTHING = new Answer("", MissingNode.getInstance());
    // The QEMU Guest Agent Protocol Reference: this byte, which is in no UTF-8, makes either side forget half a
    // message.
    private static final int DELIMITER = 0xff;
    private static final char READ_DELIMITER = '\ufffd';

    private final String guest;
    private final Supplier<Link> opener;
    private final Supplier<String> state;
    private final Turn turn = new Turn();
    private volatile @Nullable Connection connection;
    private int syncs;

    /**
     * A socket that is opened when it is first needed.
     *
     * @param opener connects to QEMU's end of the port
     * @param state asked only where the agent does not answer
     */
    AgentSocket(String guest, Supplier<Link> opener, Supplier<String> state) {
        this.guest = guest;
        this.opener = opener;
        this.state = state;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IllegalStateException if the agent refuses, or does not answer in time
     */
    String ask(String json, int timeoutSeconds) {
        Deadline end = Deadline.in(timeoutSeconds);
        Answer answer = exchange(json, end, open -> {
            open.send(json.getBytes(StandardCharsets.UTF_8), end);
            return read(open.next(end));
        });
        refusal(answer).ifPresent(refusal -> {
            throw new IllegalStateException(refusal);
        });
        return answer.text();
    }

    private Optional<String> refusal(Answer answer) {
        JsonNode error = answer.json().path("error");
        return error.isMissingNode()
                ? Optional.empty()
                : Optional.of("The agent of %s: %s"
                        .formatted(guest, said(error.path("desc").asText())));
    }

    // A guest may say what it likes, at any length.
    private static String said(String words) {
        return Visible.of(Visible.beginning(words, SHOWN));
    }

    /**
     * Tells a guest to go down, which its agent answers only if it can't do that.
     *
     * @param gone completes when the agent has ended
     * @return why it can't; empty: it has not said so in time
     * @throws IllegalStateException if it takes nothing
     */
    Optional<String> tell(String json, int timeoutSeconds, CompletableFuture<Void> gone) {
        Deadline end = Deadline.in(timeoutSeconds);
        return refusal(exchange(json, end, open -> {
            open.send(json.getBytes(StandardCharsets.UTF_8), end);
            CompletableFuture<Void> unused = gone.thenRunAsync(open::close, this::inAThreadOfItsOwn);
            try {
                return read(open.next(end));
            } catch (IOException silent) {
                return NOTHING;
            } finally {
                // What comes next is from an agent that has started anew.
                close();
            }
        }));
    }

    // Whoever tells that it has gone has more to hear, and those that run others' work may all wait for something.
    private void inAThreadOfItsOwn(Runnable work) {
        Thread thread = new Thread(work, "taplab-agent-gone-" + guest);
        thread.setDaemon(true);
        thread.start();
    }

    private record Answer(String text, JsonNode json) {}

    @FunctionalInterface
    private interface Talk {
        Answer with(Connection open) throws IOException;
    }

    private Answer exchange(String json, Deadline end, Talk talk) {
        String question = AgentQuestion.name(json);
        String what = "the turn to ask the agent of %s for %s".formatted(guest, question);
        try {
            return turn.holding(what, end.left(), () -> {
                try {
                    return talk.with(connected(end));
                } catch (IOException e) {
                    close();
                    throw new UncheckedIOException(e.getMessage(), e);
                } catch (RuntimeException e) {
                    // A late answer, or one after what was none, would be taken for that to the next question.
                    close();
                    throw e;
                }
            });
        } catch (UncheckedIOException | DeadlineExceededException e) {
            throw new IllegalStateException(
                    "The agent of %s: %s; asked for: %s; %s".formatted(guest, e.getMessage(), question, state.get()),
                    e);
        }
    }

    private Connection connected(Deadline end) throws IOException {
        Connection present = connection;
        if (present != null) {
            return present;
        }
        Connection opened = new Connection(guest, opener.get());
        connection = opened;
        // Answers to an earlier connection's questions may still be on their way, or half of one.
        int id = ++syncs;
        ByteArrayOutputStream sync = new ByteArrayOutputStream();
        sync.write(DELIMITER);
        sync.writeBytes("{\"execute\":\"guest-sync-delimited\",\"arguments\":{\"id\":%d}}"
                .formatted(id)
                .getBytes(StandardCharsets.US_ASCII));
        opened.send(sync.toByteArray(), end);
        String line = opened.next(end);
        while (syncedTo(line) != id) {
            // Not yet ours.
            opened.passOver(line);
            line = opened.next(end);
        }
        return opened;
    }

    private static int syncedTo(String line) {
        int delimiter = line.lastIndexOf(READ_DELIMITER);
        if (delimiter < 0) {
            return -1;
        }
        try {
            return MAPPER.readTree(line.substring(delimiter + 1)).path("return").asInt(-1);
        } catch (JsonProcessingException leftOver) {
            return -1;
        }
    }

    private Answer read(String line) {
        try {
            return new Answer(line, MAPPER.readTree(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The agent of %s answered what is no JSON: %s".formatted(guest, Quoted.of(line)), e);
        }
    }

    /** Breaks the connection; who waits for an answer hears of it. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    private record Deadline(int seconds, long nanos) {

        static Deadline in(int seconds) {
            return new Deadline(seconds, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        }

        Duration left() {
            return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
        }
    }

    private static final class Connection implements AutoCloseable {

        private final String guest;
        private final Link link;
        private final StreamWriter writer;
        private final AgentLines lines;
        private long passedOver;
        private String last = "";

        Connection(String guest, Link link) {
            this.guest = guest;
            this.link = link;
            writer = new StreamWriter("taplab-agent-questions-" + guest, link.to());
            lines = AgentLines.read("taplab-agent-" + guest, link.from());
        }

        void send(byte[] message, Deadline end) throws IOException {
            byte[] line = Arrays.copyOf(message, message.length + 1);
            line[message.length] = '\n';
            try {
                Waiting.joined("it takes what is sent", end.left(), writer.write(line));
            } catch (DeadlineExceededException e) {
                throw new IOException("nothing sent was taken within %d s".formatted(end.seconds()), e);
            } catch (UncheckedIOException e) {
                throw closed();
            }
        }

        String next(Deadline end) throws IOException {
            try {
                // Who says one thing after the other, and not what was asked for, has no more time than who says
                // nothing.
                if (end.left().isZero()) {
                    throw noAnswer(end);
                }
                return lines.next(end.left()).orElseThrow(() -> noAnswer(end));
            } catch (AgentLines.EndedException e) {
                throw e.getMessage().isEmpty() ? closed() : new IOException(e.getMessage(), e);
            } catch (InterruptedException e) {
                throw new InterruptedWaitException("the agent of " + guest + " answers", e);
            }
        }

        /** Takes note of a line that is no answer to what was asked. */
        void passOver(String line) {
            passedOver++;
            last = line;
        }

        private IOException noAnswer(Deadline end) {
            String instead = "";
            if (passedOver > 0) {
                instead = "; lines that are none: %d, the last one %s".formatted(passedOver, Quoted.of(last));
            } else if (lines.unfinished() > 0) {
                instead = "; characters of a line without an end: %d".formatted(lines.unfinished());
            }
            return new IOException("no answer within %d s%s".formatted(end.seconds(), instead));
        }

        private IOException closed() {
            String words = link.complaints().get().strip();
            return new IOException("its channel is closed" + (words.isEmpty() ? "" : ": " + words));
        }

        @Override
        public void close() {
            writer.close();
            link.end().run();
        }
    }
}
