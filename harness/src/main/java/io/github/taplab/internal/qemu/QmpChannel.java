package io.github.taplab.internal.qemu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.StreamWriter;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.Quoted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** QEMU's monitor protocol: JSON both ways, answers with the id of their question, events without one. */
final class QmpChannel implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    // At a load of 35 on two cores an emulated machine has been seen to take more than 30 s.
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final Link link;
    private final Duration longest;
    private final StreamWriter writer;
    private final Consumer<JsonNode> events;
    private final Consumer<QemuEnd> end;
    private final CompletableFuture<JsonNode> greeting = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile boolean ended;

    /**
     * A channel over the standard streams of a QEMU; they are closed by whoever opened them.
     *
     * @param events gets every event
     * @param end gets how QEMU has ended
     */
    QmpChannel(Link link, Consumer<JsonNode> events, Consumer<QemuEnd> end) {
        this(link, events, end, ANSWER);
    }

    QmpChannel(Link link, Consumer<JsonNode> events, Consumer<QemuEnd> end, Duration longest) {
        this.longest = longest;
        this.link = link;
        this.writer = new StreamWriter("taplab-qmp-questions", link.to());
        this.events = events;
        this.end = end;
        Thread reader = new Thread(this::read, "taplab-qmp");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Waits for QEMU's greeting and ends the negotiation.
     *
     * @param state asked only where QEMU does not answer
     */
    void negotiate(Supplier<String> state) {
        answer("its greeting", greeting, state);
        execute("qmp_capabilities", Map.of(), state);
    }

    /**
     * Executes a command.
     *
     * @param state asked only where QEMU does not answer
     * @throws IllegalStateException with QEMU's reason, or what it said last if it has ended
     */
    JsonNode execute(String command, Map<String, ?> arguments, Supplier<String> state) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> future = new CompletableFuture<>();
        asked.put(id, future);
        try {
            Map<String, Object> question = new LinkedHashMap<>();
            question.put("execute", command);
            question.put("arguments", arguments);
            question.put("id", id);
            // Should QEMU be gone, the end of what it says is noticed.
            CompletableFuture<Void> unused = writer.write((text(question) + "\n").getBytes(StandardCharsets.UTF_8));
            if (ended) {
                future.completeExceptionally(hasEnded());
            }
            JsonNode answer = answer("an answer to " + command, future, state);
            if (answer.has("error")) {
                throw new IllegalStateException("QEMU refuses %s: %s"
                        .formatted(question, answer.path("error").path("desc").asText()));
            }
            return answer.path("return");
        } finally {
            asked.remove(id);
        }
    }

    private static String text(Map<String, Object> question) {
        try {
            return MAPPER.writeValueAsString(question);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No command of QEMU's: " + question, e);
        }
    }

    private JsonNode answer(String what, CompletableFuture<JsonNode> future, Supplier<String> state) {
        try {
            return Waiting.joined("QEMU is asked for " + what, longest, future);
        } catch (DeadlineExceededException e) {
            throw new IllegalStateException(
                    "QEMU does not answer within %d s; asked for: %s; %s"
                            .formatted(longest.toSeconds(), what, state.get()),
                    e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(link.from(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // Before it greets, QEMU says on its standard output which terminal a serial port has got.
                if (line.startsWith("{")) {
                    dispatch(line);
                }
            }
        } catch (IOException broken) {
            // The same as an end: the reason is on standard error.
        }
        // First, so that who hears that there will be no answer can find out why.
        end.accept(QemuEnd.of(link.complaints().get()));
        ended = true;
        endAll(hasEnded());
    }

    private void dispatch(String line) {
        JsonNode message;
        try {
            message = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            endAll(new IllegalStateException("QEMU's monitor said what is no JSON: " + Quoted.of(line), e));
            return;
        }
        if (message.has("QMP")) {
            greeting.complete(message);
        } else if (message.has("event")) {
            events.accept(message);
        } else if (message.path("id").isInt()) {
            CompletableFuture<JsonNode> future = asked.remove(message.path("id").asInt());
            if (future != null) {
                future.complete(message);
            }
        } else {
            // QEMU has not even understood whose question it answers.
            endAll(new IllegalStateException("QEMU's monitor answered without saying what: " + Quoted.of(line)));
        }
    }

    private void endAll(IllegalStateException reason) {
        greeting.completeExceptionally(reason);
        // Only those that are open now: who hears of it may ask the next question at once.
        List.copyOf(asked.values()).forEach(future -> future.completeExceptionally(reason));
    }

    private IllegalStateException hasEnded() {
        return new IllegalStateException(QemuEnd.of(link.complaints().get()).toString());
    }

    /** Gives up what has not been written. */
    @Override
    public void close() {
        writer.close();
    }
}
