package io.github.taplab.internal.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.docker.ByteStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The agent's channel where no libvirt is between: one JSON document a line, one question at a time. */
final class AgentSocket implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String END = "";

    private final String guest;
    private final Supplier<ByteStream> opener;
    private @Nullable Connection connection;
    private int syncs;

    /**
     * A socket that is opened when it is first needed.
     *
     * @param opener connects to QEMU's end of the port
     */
    AgentSocket(String guest, Supplier<ByteStream> opener) {
        this.guest = guest;
        this.opener = opener;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IllegalStateException if the agent refuses, or does not answer in time
     */
    synchronized String ask(String json, int timeoutSeconds) {
        try {
            Connection open = connected(timeoutSeconds);
            open.send(json);
            String answer = open.next(timeoutSeconds);
            JsonNode error = MAPPER.readTree(answer).path("error");
            if (!error.isMissingNode()) {
                throw new IllegalStateException("The agent of %s: %s"
                        .formatted(guest, error.path("desc").asText()));
            }
            return answer;
        } catch (IOException e) {
            // A late answer would be taken for that to the next question.
            close();
            throw new IllegalStateException("The agent of %s: %s".formatted(guest, e.getMessage()), e);
        }
    }

    /** Tells without waiting: a guest that goes down does not answer. */
    synchronized void tell(String json, int timeoutSeconds) {
        try {
            connected(timeoutSeconds).send(json);
            // What comes next is from an agent that has started anew.
        } catch (IOException e) {
            throw new IllegalStateException("The agent of %s: %s".formatted(guest, e.getMessage()), e);
        } finally {
            close();
        }
    }

    private Connection connected(int timeoutSeconds) throws IOException {
        if (connection == null) {
            Connection opened = new Connection(opener.get());
            connection = opened;
            // Answers to an earlier connection's questions may still be on their way.
            int id = ++syncs;
            opened.send("{\"execute\":\"guest-sync\",\"arguments\":{\"id\":%d}}".formatted(id));
            while (MAPPER.readTree(opened.next(timeoutSeconds)).path("return").asInt(-1) != id) {
                // Not yet ours.
            }
        }
        return connection;
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.stream.close();
            connection = null;
        }
    }

    private static final class Connection {

        private final ByteStream stream;
        private final OutputStream out;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Connection(ByteStream stream) {
            this.stream = stream;
            this.out = stream.toProcess();
            Thread reader = new Thread(this::read, "taplab-agent");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(stream.fromProcess(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (!line.isBlank()) {
                        lines.add(line);
                    }
                }
            } catch (IOException broken) {
                // The same as an end.
            }
            lines.add(END);
        }

        void send(String json) throws IOException {
            out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        String next(int timeoutSeconds) throws IOException {
            try {
                String line = lines.poll(timeoutSeconds, TimeUnit.SECONDS);
                if (line == null) {
                    throw new IOException("no answer within %d s".formatted(timeoutSeconds));
                }
                if (line.equals(END)) {
                    throw new IOException(
                            "its channel is closed: " + stream.stderr().strip());
                }
                return line;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while it answered", e);
            }
        }
    }
}
