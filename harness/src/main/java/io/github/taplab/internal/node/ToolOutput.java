package io.github.taplab.internal.node;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.PingResult.IcmpError;
import io.github.taplab.node.PingResult.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what {@code arping}, {@code ndisc6} and {@code ping} print, iputils' and busybox's alike. What is not
 * understood is no observation: it throws, with all that the tool said.
 */
final class ToolOutput {

    // iputils: "Unicast reply from 198.18.9.2 [02:1A:12:09:00:02]  0.6ms"; busybox: the same words.
    private static final Pattern ARP_REPLY =
            Pattern.compile("(?m)^(?:Uni|Broad)cast reply from (\\S+) \\[((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})]");
    // iputils: "Sent 2 probes (2 broadcast(s))"; busybox: "Sent 2 probe(s) (0 broadcast(s))".
    private static final Pattern ARP_SUMMARY =
            Pattern.compile("(?m)^Sent (\\d{1,9}) probe.*\\R^Received (\\d{1,9}) response\\(s\\)");
    private static final Pattern ADVERTISED =
            Pattern.compile("(?m)^Target link-layer address: ((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})");
    private static final Pattern NO_ADVERTISEMENT = Pattern.compile("(?m)^Timed out\\.\\R^No response\\.");
    // Its exit code for a wrong option is the same.
    private static final int NDISC6_NO_ANSWER = 2;

    private static final Pattern PING_SUMMARY = Pattern.compile(
            "(?m)^(\\d{1,9}) packets transmitted, (\\d{1,9}) (?:packets )?received(?:.*\\+(\\d+) errors)?");
    private static final Pattern ICMP_ERROR =
            Pattern.compile("(?m)^From ([0-9A-Fa-f.:]*[0-9A-Fa-f]|[0-9A-Fa-f:]*::)(?:%\\S+)?:? icmp_seq=\\d+ (.*)$");
    // Says that a shorter way exists; the request went on.
    private static final String REDIRECT = "Redirect ";
    // iputils counts a request as transmitted that the kernel did not take.
    private static final Pattern NOT_TAKEN = Pattern.compile("(?m)^ping: sendmsg: ");
    // iputils connects first, busybox is told when it sends. The question is iputils' for EACCES, which a broadcast
    // address has too.
    private static final Pattern NO_WAY =
            Pattern.compile("(?m)^ping: (?:(?:connect|sendto): (?:Network is unreachable|No route to host|Permission"
                    + " denied)|Do you want to ping broadcast\\?.*)$");
    // Of iputils: no reply, and another problem; of busybox 1 for both.
    private static final int PING_NO_REPLY = 1;
    private static final int PING_PROBLEM = 2;

    private ToolOutput() {}

    /** The answers that arping printed. Its exit code is 0 or 1 with answers and without, as implementations differ. */
    static NeighbourAnswers arpAnswers(InetAddress ip, CommandResult arping) {
        List<MatchResult> replies = ARP_REPLY.matcher(arping.stdout()).results().toList();
        Matcher summary = summaryOfSent(arping);
        if (arping.exitCode() > 1 || replies.isEmpty() == Integer.parseInt(summary.group(2)) > 0) {
            throw CommandFailedException.withoutVerdict(arping);
        }
        SortedSet<MacAddress> macs = replies.stream()
                .filter(reply -> reply.group(1).equals(ip.getHostAddress()))
                .map(reply -> MacAddress.of(reply.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
        return new NeighbourAnswers(arping.node(), ip, macs, words(arping));
    }

    /** Makes sure that arping has announced. */
    static void announced(CommandResult arping) {
        summaryOfSent(arping.orThrow());
    }

    private static Matcher summaryOfSent(CommandResult arping) {
        Matcher summary = ARP_SUMMARY.matcher(arping.stdout());
        if (!summary.find() || Integer.parseInt(summary.group(1)) == 0) {
            throw CommandFailedException.withoutVerdict(arping);
        }
        return summary;
    }

    /** The answers that ndisc6 printed. It takes only advertisements of the address that it asked for. */
    static NeighbourAnswers advertisements(InetAddress ip, CommandResult ndisc6) {
        SortedSet<MacAddress> advertised = ADVERTISED
                .matcher(ndisc6.stdout())
                .results()
                .map((MatchResult answer) -> MacAddress.of(answer.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        boolean answered = ndisc6.succeeded() && !advertised.isEmpty();
        boolean silent = ndisc6.exitCode() == NDISC6_NO_ANSWER
                && advertised.isEmpty()
                && NO_ADVERTISEMENT.matcher(ndisc6.stdout()).find();
        if (!answered && !silent) {
            throw CommandFailedException.withoutVerdict(ndisc6);
        }
        return new NeighbourAnswers(ndisc6.node(), ip, advertised, words(ndisc6));
    }

    /** What came of a ping. */
    static PingResult ping(InetAddress to, CommandResult ping) {
        Matcher summary = PING_SUMMARY.matcher(ping.stdout());
        if (!summary.find()) {
            if ((ping.exitCode() == PING_NO_REPLY || ping.exitCode() == PING_PROBLEM)
                    && NO_WAY.matcher(ping.stderr()).find()) {
                return new PingResult(ping.node(), to, Outcome.NO_ROUTE, 0, 0, List.of(), words(ping));
            }
            throw CommandFailedException.withoutVerdict(ping);
        }
        List<IcmpError> errors = ICMP_ERROR
                .matcher(ping.stdout())
                .results()
                .filter(line -> !line.group(2).startsWith(REDIRECT))
                .map(line -> icmpError(line.group(1), line.group(2).strip(), ping))
                .toList();
        int notTaken = (int) NOT_TAKEN.matcher(ping.stderr()).results().count();
        int sent = Integer.parseInt(summary.group(1)) - notTaken;
        int received = Integer.parseInt(summary.group(2));
        // An error that it counts and does not tell may have ended it before the reply came.
        boolean untold = summary.group(3) != null && errors.isEmpty() && !isRedirected(ping);
        boolean unanswered = received == 0;
        if (ping.exitCode() > PING_NO_REPLY
                || (ping.succeeded() && unanswered)
                || (unanswered && (sent <= 0 || untold))) {
            throw CommandFailedException.withoutVerdict(ping);
        }
        Outcome outcome = unanswered ? (errors.isEmpty() ? Outcome.SILENT : Outcome.UNREACHABLE) : Outcome.ANSWERED;
        return new PingResult(ping.node(), to, outcome, sent, received, errors, words(ping));
    }

    /** Whether a ping that an error ends has seen nothing but redirects, so that the reply may have come later. */
    static boolean wasEndedByRedirect(CommandResult ping) {
        List<String> told = ICMP_ERROR
                .matcher(ping.stdout())
                .results()
                .map(line -> line.group(2))
                .toList();
        return ping.exitCode() == PING_NO_REPLY
                && !told.isEmpty()
                && told.stream().allMatch(words -> words.startsWith(REDIRECT));
    }

    private static boolean isRedirected(CommandResult ping) {
        return ICMP_ERROR
                .matcher(ping.stdout())
                .results()
                .anyMatch(line -> line.group(2).startsWith(REDIRECT));
    }

    private static IcmpError icmpError(String sender, String words, CommandResult ping) {
        try {
            return new IcmpError(InterfaceIp.ip(sender), words);
        } catch (IllegalArgumentException noAddress) {
            throw CommandFailedException.withoutVerdict(ping);
        }
    }

    private static String words(CommandResult tool) {
        return tool.stdout() + tool.stderr();
    }
}
