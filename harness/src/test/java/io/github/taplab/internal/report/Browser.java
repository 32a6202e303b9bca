package io.github.taplab.internal.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Chromium with one page, driven by its DevTools protocol over two pipes: no port is opened, and no driver is needed.
 */
final class Browser implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    // A start on a busy machine took 40 s.
    private static final int LONGEST_SECONDS = 180;

    private final Process process;
    private final OutputStream in;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private String session = "";
    private volatile CompletableFuture<Boolean> loaded = new CompletableFuture<>();

    private Browser(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
        Thread reader = new Thread(this::read, "browser");
        reader.setDaemon(true);
        reader.start();
    }

    /** Where it is; empty: it is not installed. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start(Path chromium, Path profile) throws IOException {
        // The protocol wants the descriptors 3 and 4, which a JVM can't give.
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec 3<&0 4>&1 </dev/null >/dev/null; exec \"$0\" --headless --no-sandbox --disable-gpu"
                                + " --no-first-run --disable-dev-shm-usage --remote-debugging-pipe --user-data-dir=\"$1\"",
                        chromium.toString(),
                        profile.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Browser browser = new Browser(process);
        String target = browser.ask("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        browser.session = browser.ask("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            browser.ask(domain + ".enable", Map.of());
        }
        return browser;
    }

    /** Opens a page and waits until it has been loaded. */
    void open(Path page) {
        events.clear();
        CompletableFuture<Boolean> now = new CompletableFuture<>();
        loaded = now;
        ask("Page.navigate", Map.of("url", page.toUri().toString()));
        now.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The value of an expression in the page, or of what it promises. */
    JsonNode evaluate(String expression) {
        JsonNode answer =
                ask("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    /** What the page's main thread has worked, once the domain {@code Performance} counts its ticks. */
    double processorSeconds() {
        for (JsonNode metric : ask("Performance.getMetrics", Map.of()).path("metrics")) {
            if (metric.path("name").asText().equals("TaskDuration")) {
                return metric.path("value").asDouble();
            }
        }
        throw new IllegalStateException("The browser does not count what the page works");
    }

    /** What the browser has told of since the page was opened, by the names of its events. */
    List<JsonNode> told(String... methods) {
        return events.stream()
                .filter(event -> List.of(methods).contains(event.path("method").asText()))
                .map(event -> event.path("params"))
                .toList();
    }

    JsonNode ask(String method, Map<String, ?> parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        try {
            Map<String, Object> question = session.isEmpty()
                    ? Map.of("id", id, "method", method, "params", parameters)
                    : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
            in.write(JSON.writeValueAsBytes(question));
            in.write(0);
            in.flush();
            return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | TimeoutException | ExecutionException e) {
            throw new IllegalStateException("The browser does not answer " + method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (InputStream out = new BufferedInputStream(process.getInputStream())) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (int next = out.read(); next >= 0; next = out.read()) {
                if (next == 0) {
                    take(JSON.readTree(message.toString(StandardCharsets.UTF_8)));
                    message.reset();
                } else {
                    message.write(next);
                }
            }
        } catch (IOException e) {
            asked.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }

    private void take(JsonNode message) {
        CompletableFuture<JsonNode> answer = asked.remove(message.path("id").asInt());
        if (answer == null) {
            events.add(message);
            if (message.path("method").asText().equals("Page.loadEventFired")) {
                loaded.complete(true);
            }
        } else if (message.has("error")) {
            answer.completeExceptionally(
                    new IllegalStateException(message.path("error").toString()));
        } else {
            answer.complete(message.path("result"));
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
