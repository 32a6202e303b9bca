package io.github.taplab.internal.node;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Guest;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Asks all neighbours of a node who has an address: by arping for IPv4, by ndisc6 for IPv6.
 *
 * <p>An answer says nothing of a second one that is still to come: a container's kernel answers after 0.6 ms, an
 * emulated guest after 5 ms, and after a hundred times that on a busy machine. So it is asked briefly, and meanwhile
 * the nodes of the lab say, past the network, whose the address is. Where just those have answered, no answer of the
 * lab is outstanding. In all other cases, silence among them, it is asked once more, with all the time that an answer
 * may take.
 */
final class NeighbourQuestion {

    // For stations that the lab does not know: another kernel on this machine has answered by then. An emulated guest
    // takes some of the time to start the program.
    private static final Duration BRIEFLY = Duration.ofMillis(100);
    private static final Duration BRIEFLY_IN_GUEST = Duration.ofMillis(500);
    // How long the nodes may take to say whose it is; without that it is asked once more.
    private static final Duration OWN_WORD = Duration.ofSeconds(1);
    private static final String ARP_SECONDS = "1";
    // As a kernel asks before it gives up (RFC 4861, 10: MAX_MULTICAST_SOLICIT and RETRANS_TIMER).
    private static final String SOLICITATIONS = "3";
    private static final String SOLICITATION_MILLIS = "1000";
    // Exit code of coreutils' timeout for a program that it has ended; busybox' has that of the program.
    private static final int ENDED = 124;

    private final Shell node;
    private final String nic;
    private final Stations stations;
    private final Duration ownWord;

    NeighbourQuestion(Shell node, String nic, Stations stations) {
        this(node, nic, stations, OWN_WORD);
    }

    NeighbourQuestion(Shell node, String nic, Stations stations, Duration ownWord) {
        this.node = node;
        this.nic = nic;
        this.stations = stations;
        this.ownWord = ownWord;
    }

    NeighbourAnswers ask(InetAddress ip) {
        boolean ipv4 = ip instanceof Inet4Address;
        Duration briefly = node instanceof Guest ? BRIEFLY_IN_GUEST : BRIEFLY;
        try (AddressOwners owners = AddressOwners.ask(stations, ip)) {
            Optional<NeighbourAnswers> first = ipv4
                    ? byShortArp(ip, briefly)
                    : Optional.of(bySolicitation(ip, "1", Long.toString(BRIEFLY.toMillis())));
            // That nobody has it is not for the nodes to say.
            if (first.isPresent()
                    && !first.get().macs().isEmpty()
                    && owners.within(ownWord).equals(Optional.of(first.get().macs()))) {
                return first.get();
            }
            NeighbourAnswers second = ipv4 ? byArp(ip) : bySolicitation(ip, SOLICITATIONS, SOLICITATION_MILLIS);
            NeighbourAnswers found = first.map(before -> both(before, second)).orElse(second);
            // A guest may be too busy for a second. What is asked thrice anyway has had three.
            return ipv4 && isAwaited(owners, found) ? both(found, byArp(ip)) : found;
        }
    }

    // They have had a second to say so.
    private boolean isAwaited(AddressOwners owners, NeighbourAnswers found) {
        return owners.within(ownWord.dividedBy(10))
                .filter(those -> !found.macs().containsAll(those))
                .isPresent();
    }

    /** The answers to a question that was asked twice. */
    static NeighbourAnswers both(NeighbourAnswers first, NeighbourAnswers second) {
        SortedSet<MacAddress> macs = new TreeSet<>(first.macs());
        macs.addAll(second.macs());
        return new NeighbourAnswers(second.asker(), second.ip(), macs, first.output() + second.output());
    }

    // arping itself knows whole seconds only. At an interrupt it sums up and ends; one that comes before it has asked,
    // on a busy machine, leaves nothing that could be understood.
    private Optional<NeighbourAnswers> byShortArp(InetAddress ip, Duration briefly) {
        String seconds = "0.%03d".formatted(briefly.toMillis());
        CommandResult ended =
                node.tryRun(Stream.concat(Stream.of("timeout", "-s", "INT", seconds), Stream.of(arping(ip)))
                        .toArray(String[]::new));
        try {
            return Optional.of(ToolOutput.arpAnswers(ip, ended.exitCode() == ENDED ? succeeded(ended) : ended));
        } catch (CommandFailedException noVerdict) {
            return Optional.empty();
        }
    }

    private static CommandResult succeeded(CommandResult ended) {
        return new CommandResult(ended.node(), ended.argv(), 0, ended.stdout(), ended.stderr(), ended.took());
    }

    private NeighbourAnswers byArp(InetAddress ip) {
        return ToolOutput.arpAnswers(ip, node.tryRun(arping(ip)));
    }

    // -b: every question is a broadcast; otherwise only the first that answered is asked again. The count is out of
    // reach, since arping also stops at as many answers: it listens for the whole time, so that a slow second answer
    // is heard.
    private String[] arping(InetAddress ip) {
        return new String[] {"arping", "-b", "-c", "1000", "-w", ARP_SECONDS, "-I", nic, ip.getHostAddress()};
    }

    // -m: after each question it listens for the whole time, so that a slow second answer is heard.
    private NeighbourAnswers bySolicitation(InetAddress ip, String questions, String milliseconds) {
        String[] argv = {"ndisc6", "-m", "-n", "-r", questions, "-w", milliseconds, InterfaceIp.text(ip), nic};
        return ToolOutput.advertisements(ip, node.tryRun(argv));
    }
}
