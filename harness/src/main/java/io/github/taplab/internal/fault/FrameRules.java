package io.github.taplab.internal.fault;

import io.github.taplab.spec.Impairment;
import io.github.taplab.spec.MacAddress;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** What nftables does with the frames of a port: pure functions from a fault to chains. */
final class FrameRules {

    // A copy must not be copied again, by this fault or another one: the kernel would stop that only after ten copies.
    private static final int COPY = 0x7a9c0b1e;
    private static final BigDecimal PARTS_OF_A_PERCENT = BigDecimal.valueOf(10_000);
    private static final int PARTS_OF_THE_WHOLE = 1_000_000;

    private FrameRules() {}

    /** Lets nothing in that another station sent. */
    static List<Chain> partition(Port port, MacAddress own, MacAddress other) {
        if (!port.shared()) {
            return List.of(port.toNode("ether saddr %s drop".formatted(other)));
        }
        // What is for all stations is for those behind this port too. These see a copy of it, so it can be dropped on
        // the owner's own way up, which IP and ARP take.
        String fromOther = "iifname \"%s\" ether saddr %s drop".formatted(port.link(), other);
        return List.of(
                Chain.ingress(port.link(), "ether saddr %s ether daddr %s drop".formatted(other, own)),
                new Chain("inet", "prerouting", "prerouting priority -300", List.of(fromOther)),
                new Chain("arp", "input", "input priority 0", List.of(fromOther)));
    }

    /** Keeps a station's answers to ARP and neighbour discovery in. */
    static List<Chain> neighbourSilence(Port port, MacAddress own) {
        String from = port.shared() ? "ether saddr %s ".formatted(own) : "";
        return List.of(port.fromNode(from + "arp operation reply drop", from + "icmpv6 type nd-neighbor-advert drop"));
    }

    /**
     * Answers an ARP question: it passes on, and a copy of it is turned into the answer on its way back out.
     *
     * @param mark tells the copy
     */
    static List<Chain> forgedArp(Port port, MacAddress own, InetAddress ip, MacAddress answer, int mark) {
        String question = "arp operation request arp daddr ip " + ip.getHostAddress();
        return List.of(
                Chain.ingress(
                        port.link(),
                        "%s meta mark set 0x%08x dup to \"%s\" meta mark set 0".formatted(question, mark, port.link())),
                Chain.egress(
                        port.link(),
                        ("meta mark 0x%08x %s meta mark set 0"
                                        + " ether daddr set ether saddr ether saddr set %s"
                                        + " arp daddr ether set arp saddr ether arp daddr ip set arp saddr ip"
                                        + " arp saddr ether set %s arp saddr ip set %s arp operation set reply")
                                .formatted(mark, question, own, answer, ip.getHostAddress())));
    }

    /** Loss and duplication. */
    static List<Chain> lossAndDuplication(Port port, Impairment impairment) {
        List<Chain> chains = new ArrayList<>();
        List<String> rules = new ArrayList<>();
        if (impairment.duplicationPercent() > 0) {
            rules.add("meta mark 0x%08x accept".formatted(COPY));
        }
        if (impairment.lossPercent() > 0) {
            // A frame that is dropped here is one that the sender is told of: ping sends it again. It has to leave, so
            // it is sent to the loopback interface, whose own frames have no addresses, and dropped there.
            rules.add(chance(impairment.lossPercent()) + "fwd to \"lo\"");
            chains.add(new Chain("netdev", "lost", "ingress device \"lo\" priority 0", List.of("@ll,48,48 != 0 drop")));
        }
        if (impairment.duplicationPercent() > 0) {
            rules.add("%smeta mark set 0x%08x dup to \"%s\" meta mark set 0"
                    .formatted(chance(impairment.duplicationPercent()), COPY, port.link()));
        }
        chains.add(0, Chain.egress(port.link(), rules.toArray(String[]::new)));
        return chains;
    }

    /** Loss of what comes in from a tap, where nobody is told of it. */
    static List<Chain> lossAtTap(Port tap, double percent) {
        return List.of(tap.fromNode(chance(percent) + "drop"));
    }

    private static String chance(double percent) {
        int parts = BigDecimal.valueOf(percent).multiply(PARTS_OF_A_PERCENT).intValue();
        return parts == PARTS_OF_THE_WHOLE ? "" : "numgen random mod %d < %d ".formatted(PARTS_OF_THE_WHOLE, parts);
    }
}
