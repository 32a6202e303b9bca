package io.github.taplab.internal.node;

import io.github.taplab.node.CommandResult;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.PingResult;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what {@code arping}, {@code ndisc6} and {@code ping} print, iputils' and busybox's alike. */
final class ToolOutput {

    // iputils: "Unicast reply from 198.18.9.2 [02:1A:12:09:00:02]  0.6ms"; busybox: the same words.
    private static final Pattern ARP_REPLY =
            Pattern.compile("reply from (\\S+) \\[((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})]");
    private static final Pattern ADVERTISED =
            Pattern.compile("Target link-layer address: ((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})");
    private static final Pattern PING_SUMMARY =
            Pattern.compile("(\\d+) packets transmitted, (\\d+) (?:packets )?received");

    private ToolOutput() {}

    /** The answers that arping printed. */
    static NeighbourAnswers arpAnswers(InetAddress ip, CommandResult arping) {
        SortedSet<MacAddress> replies = ARP_REPLY
                .matcher(arping.stdout())
                .results()
                .filter(reply -> reply.group(1).equals(ip.getHostAddress()))
                .map((MatchResult reply) -> MacAddress.of(reply.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
        return new NeighbourAnswers(arping.node(), ip, replies, arping.stdout() + arping.stderr());
    }

    /** The answers that ndisc6 printed. It takes only advertisements of the address that it asked for. */
    static NeighbourAnswers advertisements(InetAddress ip, CommandResult ndisc6) {
        SortedSet<MacAddress> advertised = ADVERTISED
                .matcher(ndisc6.stdout())
                .results()
                .map((MatchResult answer) -> MacAddress.of(answer.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        return new NeighbourAnswers(ndisc6.node(), ip, advertised, ndisc6.stdout() + ndisc6.stderr());
    }

    /** The counts of ping's summary; none sent where it could not even start. */
    static PingResult ping(InetAddress to, CommandResult ping) {
        Matcher summary = PING_SUMMARY.matcher(ping.stdout());
        boolean ran = summary.find();
        return new PingResult(
                ping.node(),
                to,
                ran ? Integer.parseInt(summary.group(1)) : 0,
                ran ? Integer.parseInt(summary.group(2)) : 0,
                ping.stdout() + ping.stderr());
    }
}
