package io.github.taplab.internal.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.trouble.Trouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** QEMU's monitor protocol: JSON both ways, answers with the id of their question, events without one. */
final class QmpChannel {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int ANSWER_SECONDS = 30;

    private final ByteStream stream;
    private final OutputStream out;
    private final Consumer<JsonNode> events;
    private final Consumer<String> end;
    private final CompletableFuture<JsonNode> greeting = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile boolean ended;

    /**
     * A channel over the standard streams of a QEMU.
     *
     * @param events gets every event
     * @param end gets what QEMU said last when it has ended
     */
    QmpChannel(ByteStream stream, Consumer<JsonNode> events, Consumer<String> end) {
        this.stream = stream;
        this.out = stream.toProcess();
        this.events = events;
        this.end = end;
        Thread reader = new Thread(this::read, "taplab-qmp");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for QEMU's greeting and ends the negotiation. */
    void negotiate() {
        answer("start", greeting);
        execute("qmp_capabilities", Map.of());
    }

    /**
     * Executes a command.
     *
     * @throws IllegalStateException with QEMU's reason, or what it said last if it has ended
     */
    JsonNode execute(String command, Map<String, ?> arguments) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> future = new CompletableFuture<>();
        asked.put(id, future);
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("execute", command);
        question.put("arguments", arguments);
        question.put("id", id);
        try {
            synchronized (out) {
                out.write((MAPPER.writeValueAsString(question) + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            throw new IllegalStateException("QEMU does not listen to %s: %s".formatted(command, stream.stderr()), e);
        }
        if (ended) {
            future.completeExceptionally(new IllegalStateException(lastWords()));
        }
        JsonNode answer = answer(command, future);
        if (answer.has("error")) {
            throw new IllegalStateException("QEMU refuses %s: %s"
                    .formatted(question, answer.path("error").path("desc").asText()));
        }
        return answer.path("return");
    }

    private JsonNode answer(String to, CompletableFuture<JsonNode> future) {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("QEMU did not answer to %s within %d s".formatted(to, ANSWER_SECONDS), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("QEMU did not answer to %s: %s".formatted(to, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while QEMU answered to " + to, e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.fromProcess(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // Before it greets, QEMU says on its standard output which terminal a serial port has got.
                if (line.startsWith("{")) {
                    dispatch(MAPPER.readTree(line));
                }
            }
        } catch (IOException broken) {
            // The same as an end: the reason is on standard error.
        }
        ended = true;
        IllegalStateException reason = new IllegalStateException(lastWords());
        greeting.completeExceptionally(reason);
        asked.values().forEach(future -> future.completeExceptionally(reason));
        end.accept(lastWords());
    }

    private void dispatch(JsonNode message) {
        if (message.has("QMP")) {
            greeting.complete(message);
        } else if (message.has("event")) {
            events.accept(message);
        } else {
            CompletableFuture<JsonNode> future = asked.remove(message.path("id").asInt());
            if (future != null) {
                future.complete(message);
            }
        }
    }

    private String lastWords() {
        return "QEMU has ended. " + Trouble.explain(stream.stderr());
    }
}
