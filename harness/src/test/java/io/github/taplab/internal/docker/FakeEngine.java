package io.github.taplab.internal.docker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An engine that answers as a test wants it to, or not at all; it knows what it was asked. */
public final class FakeEngine implements AutoCloseable {

    /** What is done with a connection once the request has been read. */
    @FunctionalInterface
    public interface Reply {
        void to(OutputStream connection) throws IOException, InterruptedException;
    }

    private record Rule(String request, Reply reply) {}

    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final ServerSocket server;
    private final ConcurrentLinkedDeque<Rule> rules = new ConcurrentLinkedDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** An engine that is fit for labs, has nothing, and refuses what it was not told to do. */
    public FakeEngine() {
        this(loopback());
    }

    /** The same with connections of another kind. */
    FakeEngine(ServerSocket server) {
        this.server = server;
        on(".*", answer(500, "{\"message\":\"not in this test\"}"));
        on("GET /_ping", answer(200, "OK"));
        on("GET /version", version("20.10.24", "1.41", "amd64"));
        on("GET /info", answer(200, "{}"));
        on("GET /(containers/json|networks).*", answer(200, "[]"));
        on("GET /events.*", stream(""));
        on("DELETE .*", answer(204, ""));
        daemon(this::accept);
    }

    private static ServerSocket loopback() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on a request, method and path without the API's version, is answered so. */
    public void on(String request, Reply reply) {
        rules.addFirst(new Rule(request, reply));
    }

    /** What it was asked so far, the paths without the API's version. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Where it is. */
    public URI place() {
        return URI.create("tcp://127.0.0.1:" + server.getLocalPort());
    }

    /** The same as {@code taplab.engines} names it. */
    public String address() {
        return place().toString();
    }

    /** What Taplab makes of it, where an answer may take as long as this. */
    public DockerEngine connect(Duration answer) {
        return EngineSearch.connect(place(), CONNECT, answer);
    }

    /** A whole answer. */
    public static Reply answer(int status, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        return connection -> {
            connection.write(
                    "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                            .formatted(status, content.length)
                            .getBytes(StandardCharsets.US_ASCII));
            connection.write(content);
        };
    }

    static Reply version(String version, String api, String architecture) {
        return answer(
                200,
                "{\"Version\":\"%s\",\"ApiVersion\":\"%s\",\"Os\":\"linux\",\"Arch\":\"%s\"}"
                        .formatted(version, api, architecture));
    }

    static Reply podman(String version, String api) {
        return answer(200, """
                        {"Version":"%1$s","ApiVersion":"%2$s","Os":"linux","Arch":"amd64",
                         "Components":[{"Name":"Podman Engine","Version":"%1$s"},{"Name":"Conmon"}]}""".formatted(version, api));
    }

    /** Nothing, as long as the other side waits. */
    public static Reply silence() {
        return connection -> new CountDownLatch(1).await();
    }

    /** The beginning of an answer, and then the connection ends. */
    static Reply halfAnAnswer() {
        return connection -> connection.write(
                "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"Vers"
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** The same answer, once the gate is open. */
    static Reply late(CountDownLatch gate, Reply reply) {
        return connection -> {
            gate.await();
            reply.to(connection);
        };
    }

    /** A stream of this text, which stays open. */
    static Reply stream(String text) {
        return stream(text, new CountDownLatch(1));
    }

    /** A stream of this text, which ends when the gate is open. */
    static Reply stream(String text, CountDownLatch gate) {
        return connection -> {
            connection.write(("HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + text)
                    .getBytes(StandardCharsets.UTF_8));
            connection.flush();
            gate.await();
        };
    }

    /** The streams of a process that writes this to its standard output, and ends when the gate is open. */
    static Reply process(String stdout, CountDownLatch gate) {
        byte[] bytes = stdout.getBytes(StandardCharsets.UTF_8);
        return connection -> {
            List<String> head = List.of(
                    "HTTP/1.1 101 UPGRADED",
                    "Content-Type: application/vnd.docker.raw-stream",
                    "Connection: Upgrade",
                    "Upgrade: tcp");
            connection.write((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            connection.write(new byte[] {1, 0, 0, 0, 0, 0, 0, (byte) bytes.length});
            connection.write(bytes);
            connection.flush();
            gate.await();
        };
    }

    /** The streams of a process that has ended without a word. */
    public static Reply endedProcess() {
        return process("", new CountDownLatch(0));
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                open.add(connection);
                daemon(() -> serve(connection));
            }
        } catch (IOException closed) {
            // So is the test.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            String request = request(in);
            requests.add(request);
            for (Rule rule : rules) {
                if (request.matches(rule.request())) {
                    rule.reply().to(connection.getOutputStream());
                    // Closed with a body on its way, the connection would break before the answer is read.
                    connection.shutdownOutput();
                    in.transferTo(OutputStream.nullOutputStream());
                    return;
                }
            }
        } catch (IOException | InterruptedException gone) {
            // The test is over.
        } finally {
            open.remove(connection);
        }
    }

    private static String request(InputStream in) throws IOException {
        List<String> words = List.of(line(in).split(" ", -1));
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return words.get(0) + " " + words.get(1).replaceFirst("^/v[0-9.]+/", "/");
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** Breaks all connections. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
