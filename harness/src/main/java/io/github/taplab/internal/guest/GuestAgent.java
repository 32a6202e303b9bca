package io.github.taplab.internal.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.libvirt.LibvirtDomain;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.CommandResult;
import io.github.taplab.node.DeadlineExceededException;
import io.github.taplab.node.GuestShell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The guest agent's protocol as a shell (QEMU Guest Agent Protocol Reference: guest-exec). */
final class GuestAgent implements GuestShell {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int ANSWER_SECONDS = 30;

    private final String guest;
    private final LibvirtDomain domain;

    GuestAgent(String guest, LibvirtDomain domain) {
        this.guest = guest;
        this.domain = domain;
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        long start = System.nanoTime();
        long pid = start(argv);
        JsonNode end;
        try {
            // The agent announces no end of a process; it has to be asked.
            end = Waiting.until(
                    "%s on %s ends".formatted(String.join(" ", argv), guest),
                    deadline,
                    () -> command("guest-exec-status", Map.of("pid", pid)),
                    status -> status.path("exited").asBoolean());
        } catch (DeadlineExceededException e) {
            start("kill", "-KILL", Long.toString(pid));
            throw e;
        }
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

    /** Writes a file, replacing one that is there. */
    void writeFile(String path, String content) {
        JsonNode handle = command("guest-file-open", Map.of("path", path, "mode", "w"));
        String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        command("guest-file-write", Map.of("handle", handle.asLong(), "buf-b64", encoded));
        command("guest-file-close", Map.of("handle", handle.asLong()));
    }

    private long start(String... argv) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("path", argv[0]);
        arguments.put("arg", List.of(argv).subList(1, argv.length));
        arguments.put("env", List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "HOME=/root"));
        arguments.put("capture-output", "separated");
        return command("guest-exec", arguments).path("pid").asLong();
    }

    private JsonNode command(String name, Map<String, ?> arguments) {
        try {
            String request = MAPPER.writeValueAsString(Map.of("execute", name, "arguments", arguments));
            return MAPPER.readTree(domain.agentCommand(request, ANSWER_SECONDS)).path("return");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The agent of %s answered no JSON to %s".formatted(guest, name), e);
        }
    }

    private static String decoded(JsonNode status, String field) {
        return new String(Base64.getDecoder().decode(status.path(field).asText("")), StandardCharsets.UTF_8);
    }
}
