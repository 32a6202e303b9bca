package io.github.taplab.internal.ssh;

import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The program that makes a connection in a container, {@code connect.pl}, and what its words mean. */
final class Connector {

    /** Said when the connection is there. */
    static final String CONNECTED = "taplab: connected";

    static final int SSH_PORT = 22;

    // A SYN is repeated after 1 and 3 s, so three questions fit.
    private static final int CONNECT_SECONDS = 5;
    /** How long it takes at most: to find the other's MAC address, and to connect. */
    static final Duration LONGEST = Duration.ofSeconds(2 * CONNECT_SECONDS);

    // Date, time, process, a letter for the severity, text.
    private static final Pattern SOCAT_PROBLEM = Pattern.compile(".*] [WE] (.*)");
    private static final Pattern FAILURE = Pattern.compile("(?m)^taplab: connect: (.*)$");
    private static final Pattern ANSWER =
            Pattern.compile("(?m)^taplab: answer: (rst|icmp \\d+ \\d+) ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})$");
    // ICMP's codes for a network, a host, anything that is forbidden (RFC 1812, 5.2.7.1), and ICMPv6's (RFC 4443, 3.1).
    private static final Set<String> PROHIBITED = Set.of("icmp 3 9", "icmp 3 10", "icmp 3 13", "icmp 1 1");

    private Connector() {}

    /**
     * The program that connects: it repeats standard input to the address, and says on standard error why it can't.
     *
     * @param nic where an answer that refuses comes in
     */
    static List<String> argv(String nic, InetAddress ip) {
        try (InputStream script = Connector.class.getResourceAsStream("connect.pl")) {
            return List.of(
                    "perl",
                    "-e",
                    new String(script.readAllBytes(), StandardCharsets.UTF_8),
                    nic,
                    InterfaceIp.text(ip),
                    Integer.toString(SSH_PORT),
                    Integer.toString(CONNECT_SECONDS));
        } catch (IOException e) {
            throw new UncheckedIOException("connect.pl can't be read", e);
        }
    }

    /** Why it did not connect, by its own words. */
    static SshLogin.Result failure(String said) {
        Matcher failure = FAILURE.matcher(said);
        String words = failure.find() ? failure.group(1) : "";
        Matcher answer = ANSWER.matcher(said);
        Optional<MacAddress> sender = answer.find() ? Optional.of(MacAddress.of(answer.group(2))) : Optional.empty();
        // For what the kernel takes for no route over IPv4.
        if (words.equals("Permission denied") || (sender.isPresent() && PROHIBITED.contains(answer.group(1)))) {
            return new SshLogin.Result(Outcome.PROHIBITED, withSender(words, sender));
        }
        return switch (words) {
            case "Connection refused" -> new SshLogin.Result(Outcome.REFUSED, words, sender);
            // The connection was there, and gone again before the program looked.
            case "Connection reset by peer" -> new SshLogin.Result(Outcome.RESET, withSender(words, sender));
            case "No route to host", "Network is unreachable" ->
                new SshLogin.Result(Outcome.NO_ROUTE, withSender(words, sender));
            case "Connection timed out" -> new SshLogin.Result(Outcome.TIMED_OUT, words);
            default ->
                throw new IllegalStateException(
                        "No connection, in a way that is none of the known outcomes: " + said.strip());
        };
    }

    private static String withSender(String words, Optional<MacAddress> sender) {
        return words + sender.map(mac -> ", by " + mac).orElse("");
    }

    /** What failed on a connection that was there, in socat's words: its warnings and errors. */
    static String problems(String said) {
        return said.lines()
                .map(SOCAT_PROBLEM::matcher)
                .filter(Matcher::matches)
                .map(problem -> problem.group(1))
                .collect(Collectors.joining("; "));
    }
}
