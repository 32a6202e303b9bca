package io.github.taplab.internal.node;

import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.InterfaceIp;
import java.net.Inet4Address;
import java.net.InetAddress;

/** Asks all neighbours of a node who has an address: by arping for IPv4, by ndisc6 for IPv6. */
final class NeighbourQuestion {

    private static final String ARP_SECONDS = "1";
    // As a kernel asks before it gives up (RFC 4861, 10: MAX_MULTICAST_SOLICIT and RETRANS_TIMER).
    private static final String SOLICITATIONS = "3";
    private static final String SOLICITATION_MILLIS = "1000";

    private final Shell node;
    private final String nic;

    NeighbourQuestion(Shell node, String nic) {
        this.node = node;
        this.nic = nic;
    }

    NeighbourAnswers ask(InetAddress ip) {
        return ip instanceof Inet4Address ? byArp(ip) : bySolicitation(ip);
    }

    // -b: every question is a broadcast; otherwise only the first that answered is asked again. The count is out of
    // reach, since arping also stops at as many answers: it listens for the whole time, so that a slow second answer
    // is heard.
    private NeighbourAnswers byArp(InetAddress ip) {
        return ToolOutput.arpAnswers(
                ip, node.tryRun("arping", "-b", "-c", "1000", "-w", ARP_SECONDS, "-I", nic, ip.getHostAddress()));
    }

    // -m: after each question it listens for the whole time, so that a slow second answer is heard.
    private NeighbourAnswers bySolicitation(InetAddress ip) {
        String[] argv = {"ndisc6", "-m", "-n", "-r", SOLICITATIONS, "-w", SOLICITATION_MILLIS, InterfaceIp.text(ip), nic
        };
        return ToolOutput.advertisements(ip, node.tryRun(argv));
    }
}
