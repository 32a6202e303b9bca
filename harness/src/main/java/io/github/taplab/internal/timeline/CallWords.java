package io.github.taplab.internal.timeline;

import io.github.taplab.capture.Capture;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.HttpResult;
import io.github.taplab.node.Link;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.Node;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.PingResult.IcmpError;
import io.github.taplab.node.Screenshot;
import io.github.taplab.node.SshAttempt;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A test's call of a handle in words, and what came of it: as a person would note it. */
final class CallWords {

    private static final int LONGEST_ARGUMENT = 300;
    private static final int LONGEST_RESULT = 4096;

    private CallWords() {}

    /**
     * The call, such as {@code ping(198.18.0.4)}.
     *
     * @param what of the node is called, such as {@code console}; for what takes a change back, what that does
     */
    static String of(Method method, String what, @Nullable Object[] arguments) {
        if (method.getDeclaringClass() == AutoCloseable.class || method.getDeclaringClass() == Undo.class) {
            return what;
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            words.add(isSecret(method, i) ? "…" : cut(argument(argument), LONGEST_ARGUMENT));
        }
        String of = what.equals("console") ? "console." : "";
        return "%s%s(%s)".formatted(of, method.getName(), String.join(", ", words));
    }

    // A password is given to one of these.
    private static boolean isSecret(Method method, int argument) {
        return (method.getName().equals("sshWithPassword") && argument == 2)
                || method.getName().equals("type");
    }

    private static String argument(@Nullable Object argument) {
        if (argument instanceof Node node) {
            return node.name();
        }
        if (argument instanceof String[] words) {
            return String.join(" ", words);
        }
        if (argument instanceof Duration duration) {
            return duration.toMillis() + " ms";
        }
        return words(argument);
    }

    /** What a call returned. */
    static String result(@Nullable Object result) {
        return cut(words(result), LONGEST_RESULT);
    }

    private static String words(@Nullable Object value) {
        if (value == null) {
            return "done";
        }
        if (value instanceof Undo) {
            return "until it is taken back";
        }
        if (value instanceof Capture) {
            return "records";
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(CallWords::words).orElse("none");
        }
        if (value instanceof Collection<?> several) {
            return several.isEmpty()
                    ? "none"
                    : several.stream().map(CallWords::words).collect(Collectors.joining("\n"));
        }
        if (value instanceof InetAddress ip) {
            return InterfaceIp.text(ip);
        }
        if (value instanceof CommandResult command) {
            return command(command);
        }
        if (value instanceof PingResult ping) {
            return ping(ping);
        }
        if (value instanceof NeighbourAnswers answers) {
            return answers.describe();
        }
        if (value instanceof SshAttempt ssh) {
            return ssh(ssh);
        }
        if (value instanceof HttpResult http) {
            return http.outcome().words()
                    + (http.status().isPresent() ? ", status " + http.status().getAsInt() : "");
        }
        if (value instanceof Link link) {
            return link(link);
        }
        return value instanceof Screenshot ? "a picture" : value.toString();
    }

    private static String command(CommandResult command) {
        StringBuilder said =
                new StringBuilder(command.succeeded() ? "" : "exit code %d%n".formatted(command.exitCode()));
        said.append(command.stdout()).append(command.stderr());
        return said.isEmpty() ? "done" : said.toString().stripTrailing();
    }

    private static String ping(PingResult ping) {
        return "%s, %d of %d came back%s"
                .formatted(
                        ping.outcome().words(),
                        ping.received(),
                        ping.sent(),
                        ping.errors().stream()
                                .map(IcmpError::toString)
                                .map(", "::concat)
                                .collect(Collectors.joining()));
    }

    private static String ssh(SshAttempt ssh) {
        return ssh.outcome().words()
                + ssh.refusedBy().map(MacAddress::toString).map(" by "::concat).orElse("")
                + (ssh.detail().isBlank() ? "" : ": " + ssh.detail().strip());
    }

    private static String link(Link link) {
        return "%s on %s: %s%s, mtu %d, %s%s%s"
                .formatted(
                        link.name(),
                        link.node(),
                        link.mac(),
                        link.kind()
                                .map(kind -> ", " + kind
                                        + link.mode().map(" "::concat).orElse("")
                                        + link.parent().map(" on "::concat).orElse(""))
                                .orElse(""),
                        link.mtu(),
                        link.up() ? "up" : "down",
                        link.up() && !link.carrier() ? ", no carrier" : "",
                        link.promiscuous() ? ", promiscuous" : "");
    }

    /** Of a long text the end, which is where tools say how it went. */
    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : "… " + text.substring(text.length() - longest);
    }
}
