package io.github.taplab.internal.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.argument.Call;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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
    // Between two questions.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    // Each of the agent's answers has a deadline of its own; this is for the case that one of these fails.
    private static final Duration ANSWERS = Duration.ofMinutes(3);
    // libvirt passes on strings of up to 4 MiB, and in base64 they are a third longer.
    private static final int CHUNK = 1 << 20;
    private static final int SHOWN = 500;
    private static final List<String> ENVIRONMENT =
            List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "HOME=/root");

    private final String guest;
    private final Machine machine;

    GuestAgent(String guest, Machine machine) {
        this.guest = guest;
        this.machine = machine;
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        new Call(guest, "run").command(deadline, argv);
        return tryRun("", deadline, argv);
    }

    /** The same for a command that reads its standard input. */
    CommandResult tryRun(String input, Duration deadline, String... argv) {
        return tryRun(List.of(), input, deadline, Sign.none(), argv);
    }

    /**
     * The same with more in its environment than each has.
     *
     * @param environment {@code NAME=value}
     * @param sign completes about when the command ends. Where it never does, the end is noticed all the same
     */
    CommandResult tryRun(List<String> environment, Duration deadline, CompletableFuture<?> sign, String... argv) {
        return tryRun(environment, "", deadline, Sign.of(sign), argv);
    }

    private CommandResult tryRun(List<String> environment, String input, Duration deadline, Sign sign, String... argv) {
        // A thread of its own talks to the agent: an answer that does not come would hold up an interrupted caller, and
        // half a dialogue would leave the command running.
        String what = "%s runs %s".formatted(guest, String.join(" ", argv));
        AtomicBoolean abandoned = new AtomicBoolean();
        CompletableFuture<CommandResult> result = new CompletableFuture<>();
        Thread talking = new Thread(
                () -> {
                    try {
                        result.complete(dialogue(what, environment, input, deadline, sign, abandoned::get, argv));
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                },
                "taplab: " + what);
        talking.setDaemon(true);
        talking.start();
        try {
            return Waiting.joined(what, deadline.plus(ANSWERS), result);
        } finally {
            abandoned.set(true);
        }
    }

    private CommandResult dialogue(
            String what,
            List<String> environment,
            String input,
            Duration deadline,
            Sign sign,
            BooleanSupplier abandoned,
            String... argv) {
        long start = System.nanoTime();
        // In a session of its own, a command can be killed with all its children; and setsid reports a program that
        // can't be run as a shell does, where the agent would refuse the call.
        long pid = start(Stream.concat(Stream.of("setsid"), Stream.of(argv)).toList(), environment, input);
        boolean unused = sign.await(what, Duration.ofNanos(System.nanoTime() - start));
        BooleanSupplier late = () -> System.nanoTime() - start >= deadline.toNanos();
        JsonNode end = status(what, pid, deadline, () -> abandoned.getAsBoolean() || late.getAsBoolean());
        if (hasExited(end)) {
            return result(start, argv, end);
        }
        start(List.of("kill", "-KILL", "-" + pid), List.of(), "");
        CommandResult killed = result(start, argv, status(what, pid, KILLED, () -> false));
        throw new DeadlineExceededException("Command still ran after its deadline of %d ms on %s"
                .formatted(deadline.toMillis(), killed.describe()));
    }

    private JsonNode status(String what, long pid, Duration deadline, BooleanSupplier enough) {
        return Waiting.until(
                what,
                deadline.plus(PATIENCE),
                () -> command("guest-exec-status", Map.of("pid", pid)),
                status -> hasExited(status) || enough.getAsBoolean());
    }

    private boolean hasExited(JsonNode status) {
        return required("guest-exec-status", status, "exited", JsonNode::isBoolean)
                .asBoolean();
    }

    private CommandResult result(long start, String[] argv, JsonNode end) {
        // A process that a signal ended has no exit code; shells say 128 + signal.
        int code = end.has("signal")
                ? 128
                        + required("guest-exec-status", end, "signal", JsonNode::isInt)
                                .asInt()
                : required("guest-exec-status", end, "exitcode", JsonNode::isInt)
                        .asInt();
        for (String stream : List.of("out", "err")) {
            if (end.path(stream + "-truncated").asBoolean()) {
                throw new IllegalStateException(
                        "Command wrote more to its std%s than the 16 MiB that the agent of %s keeps: %s"
                                .formatted(stream, guest, String.join(" ", argv)));
            }
        }
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
        if (!handle.isIntegralNumber()) {
            throw noAnswer("guest-file-open", handle);
        }
        for (int written = 0; written < content.length; ) {
            byte[] chunk = Arrays.copyOfRange(content, written, Math.min(content.length, written + CHUNK));
            String encoded = Base64.getEncoder().encodeToString(chunk);
            JsonNode answer = command("guest-file-write", Map.of("handle", handle.asLong(), "buf-b64", encoded));
            int count = required("guest-file-write", answer, "count", JsonNode::isInt)
                    .asInt();
            if (count <= 0 || count > chunk.length) {
                throw noAnswer("guest-file-write", answer);
            }
            written += count;
        }
        command("guest-file-close", Map.of("handle", handle.asLong()));
    }

    @Override
    public void addAddress(String nic, InterfaceIp address, Optional<InetAddress> router) {
        String lines = "address add %s dev %s\n".formatted(address, nic)
                + router.map(via -> "route add default via %s dev %s\n".formatted(via.getHostAddress(), nic))
                        .orElse("");
        tryRun(lines, DEFAULT_DEADLINE, "ip", "-batch", "-").orThrow();
    }

    /** Sets the clock of the guest's system to that of this JVM's machine. */
    void setClock() {
        GuestClock.set(now -> command(
                "guest-set-time", Map.of("time", TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano())));
    }

    private long start(List<String> argv, List<String> environment, String input) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("path", argv.get(0));
        arguments.put("arg", argv.subList(1, argv.size()));
        arguments.put(
                "env", Stream.concat(ENVIRONMENT.stream(), environment.stream()).toList());
        arguments.put("capture-output", "separated");
        if (!input.isEmpty()) {
            arguments.put("input-data", Base64.getEncoder().encodeToString(input.getBytes(StandardCharsets.UTF_8)));
        }
        return required("guest-exec", command("guest-exec", arguments), "pid", JsonNode::isIntegralNumber)
                .asLong();
    }

    private JsonNode command(String name, Map<String, ?> arguments) {
        try {
            String request = MAPPER.writeValueAsString(Map.of("execute", name, "arguments", arguments));
            JsonNode answer = MAPPER.readTree(machine.agentCommand(request, ANSWER_SECONDS));
            if (!answer.has("return")) {
                throw noAnswer(name, answer);
            }
            return answer.path("return");
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

    // A field that is not there must not be read as 0.
    private JsonNode required(String command, JsonNode answer, String field, Predicate<JsonNode> type) {
        JsonNode found = answer.path(field);
        if (!type.test(found)) {
            throw noAnswer(command, answer);
        }
        return found;
    }

    private IllegalStateException noAnswer(String command, JsonNode answer) {
        String text = answer.toString();
        return new IllegalStateException("The agent of %s answered what is no answer to %s: %s"
                .formatted(guest, command, text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " ..."));
    }

    private String decoded(JsonNode status, String field) {
        try {
            return new String(Base64.getDecoder().decode(status.path(field).asText("")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw noAnswer("guest-exec-status", status);
        }
    }

    /**
     * What comes about when a command ends. The agent announces no end of a process and has to be asked, but a guest
     * that takes its time to begin does so for the rest too, and each question takes more of it.
     */
    private static final class Sign {

        private static final Duration LONGEST = Duration.ofSeconds(1);

        private final CompletableFuture<?> event;
        private final int times;

        /**
         * What is waited for.
         *
         * @param event completes then, or never
         * @param times how long it is waited for until the agent is asked, in times of what the beginning took
         */
        private Sign(CompletableFuture<?> event, int times) {
            this.event = event;
            this.times = times;
        }

        static Sign none() {
            return new Sign(new CompletableFuture<>(), 1);
        }

        // Who gives a sign does much: a guest whose questions are spared is through sooner.
        static Sign of(CompletableFuture<?> event) {
            return new Sign(event, 4);
        }

        boolean await(String what, Duration beginning) {
            Duration time = beginning.multipliedBy(times);
            return Waiting.isWithin(what, time.compareTo(LONGEST) < 0 ? time : LONGEST, event);
        }
    }
}
