package io.github.taplab.samples;

import io.github.taplab.node.Node;
import java.util.List;

/** What a node's kernel counts, by the names of RFC 1213's MIB: {@code /proc/net/snmp}. */
public final class KernelCounters {

    private KernelCounters() {}

    /**
     * One of them.
     *
     * @param protocol such as {@code Icmp}
     * @param counter such as {@code InEchos}
     */
    public static long of(Node node, String protocol, String counter) {
        // Two lines start with the protocol: the names of its counters, and their values.
        List<List<String>> lines = node.run("grep", "^" + protocol + ":", "/proc/net/snmp")
                .stdout()
                .lines()
                .map(line -> List.of(line.split(" ", -1)))
                .toList();
        return Long.parseLong(lines.get(1).get(lines.get(0).indexOf(counter)));
    }
}
