package io.github.taplab.internal.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.CommandResult;
import io.github.taplab.node.DeadlineExceededException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The guest agent's protocol as a shell (QEMU Guest Agent Protocol Reference: guest-exec). */
final class GuestAgent implements RootShell {

    // Escaped: libvirt-java passes strings in the JVM's default encoding, which may be ASCII, and libvirt wants UTF-8.
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final int ANSWER_SECONDS = 30;
    // Fedora and its relatives ship it like that.
    private static final String BLOCKED = "has been disabled";
    private static final Duration KILLED = Duration.ofSeconds(10);

    private final String guest;
    private final Machine machine;

    GuestAgent(String guest, Machine machine) {
        this.guest = guest;
        this.machine = machine;
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        long start = System.nanoTime();
        // In a session of its own, a command can be killed with all its children; and setsid reports a program that
        // can't be run as a shell does, where the agent would refuse the call.
        long pid = start(Stream.concat(Stream.of("setsid"), Stream.of(argv)).toList());
        try {
            return result(start, argv, ended(pid, deadline, argv));
        } catch (DeadlineExceededException e) {
            start(List.of("kill", "-KILL", "-" + pid));
            CommandResult killed = result(start, argv, ended(pid, KILLED, argv));
            throw new DeadlineExceededException(
                    "Command still ran after its deadline of %d ms on %s"
                            .formatted(deadline.toMillis(), killed.describe()),
                    e);
        }
    }

    // The agent announces no end of a process; it has to be asked.
    private JsonNode ended(long pid, Duration deadline, String... argv) {
        return Waiting.until(
                "%s on %s ends".formatted(String.join(" ", argv), guest),
                deadline,
                () -> command("guest-exec-status", Map.of("pid", pid)),
                status -> status.path("exited").asBoolean());
    }

    private CommandResult result(long start, String[] argv, JsonNode end) {
        // A process that a signal ended has no exit code; shells say 128 + signal.
        int code = end.has("signal")
                ? 128 + end.path("signal").asInt()
                : end.path("exitcode").asInt();
        return new CommandResult(
                guest,
                List.of(argv),
                code,
                decoded(end, "out-data"),
                decoded(end, "err-data"),
                Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void writeFile(String path, byte[] content) {
        JsonNode handle = command("guest-file-open", Map.of("path", path, "mode", "w"));
        String encoded = Base64.getEncoder().encodeToString(content);
        command("guest-file-write", Map.of("handle", handle.asLong(), "buf-b64", encoded));
        command("guest-file-close", Map.of("handle", handle.asLong()));
    }

    private long start(List<String> argv) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("path", argv.get(0));
        arguments.put("arg", argv.subList(1, argv.size()));
        arguments.put("env", List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "HOME=/root"));
        arguments.put("capture-output", "separated");
        return command("guest-exec", arguments).path("pid").asLong();
    }

    private JsonNode command(String name, Map<String, ?> arguments) {
        try {
            String request = MAPPER.writeValueAsString(Map.of("execute", name, "arguments", arguments));
            return MAPPER.readTree(machine.agentCommand(request, ANSWER_SECONDS))
                    .path("return");
        } catch (IllegalStateException e) {
            throw String.valueOf(e.getMessage()).contains(BLOCKED)
                    ? new IllegalStateException(
                            "The agent of %s may not do %s, its system's configuration says so; shell = CONSOLE works without it: %s"
                                    .formatted(guest, name, e.getMessage()),
                            e)
                    : e;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The agent of %s answered no JSON to %s".formatted(guest, name), e);
        }
    }

    private static String decoded(JsonNode status, String field) {
        return new String(Base64.getDecoder().decode(status.path(field).asText("")), StandardCharsets.UTF_8);
    }
}
