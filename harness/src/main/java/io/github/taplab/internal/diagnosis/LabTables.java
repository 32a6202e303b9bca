package io.github.taplab.internal.diagnosis;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Node;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the kernels of a lab's nodes had in their tables, all at about the same time.
 *
 * @param servers what they answered to some of the nodes
 * @param whole whether all nodes could be looked at; else nobody knows what those others have
 */
record LabTables(List<NodeTables> nodes, List<AskedServers> servers, boolean whole) {

    /**
     * Where an address is.
     *
     * @param node that has it
     * @param link on which
     * @param mac by which the node answers for it
     * @param answers whether it does: an address that duplicate detection has found elsewhere is not used, and an
     *     interface without a carrier hears no question
     */
    record Owner(String node, String link, MacAddress mac, boolean answers) {

        @Override
        public String toString() {
            return "%s (%s, %s)".formatted(node, link, mac);
        }
    }

    LabTables {
        nodes = List.copyOf(nodes);
        servers = List.copyOf(servers);
    }

    /**
     * Looks at all nodes side by side; what can't be seen in time is left out.
     *
     * @param failure that may be explained
     * @param tables how long a look at tables may take
     * @param servers how long servers may be waited for, which are asked only where the failure speaks of them
     */
    static LabTables of(List<Node> running, String failure, Duration tables, Duration servers) {
        long start = System.nanoTime();
        // Which node has come up first is chance, and no difference between two failures.
        List<Node> nodes =
                running.stream().sorted(Comparator.comparing(Node::name)).toList();
        List<Beside<NodeTables>> looks = begin("taplab-diagnosis: ", nodes, node -> NodeTables.of(node, failure));
        List<Beside<AskedServers>> asks = begin("taplab-servers: ", nodes, node -> AskedServers.of(node, failure));
        try {
            List<NodeTables> seen = new ArrayList<>();
            for (Beside<NodeTables> look : looks) {
                within(start + tables.toNanos(), look).ifPresent(seen::add);
            }
            List<AskedServers> asked = new ArrayList<>();
            for (Beside<AskedServers> ask : asks) {
                within(start + servers.toNanos(), ask).ifPresent(asked::add);
            }
            return new LabTables(seen, asked, seen.size() == nodes.size());
        } finally {
            looks.forEach(Beside::close);
            asks.forEach(Beside::close);
        }
    }

    private static <T> List<Beside<T>> begin(String thread, List<Node> nodes, Function<Node, T> look) {
        return nodes.stream()
                .map(node -> Beside.begin(thread + node.name(), () -> look.apply(node)))
                .toList();
    }

    private static <T> Optional<T> within(long end, Beside<T> look) {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        try {
            return Optional.of(Waiting.joined("what a node shows is seen", left, look.result()));
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException notSeen) {
            return Optional.empty();
        }
    }

    /** All nodes that have an address. */
    List<Owner> owners(InetAddress ip) {
        return nodes.stream()
                .flatMap(node -> node.globalAddresses()
                        .filter(address -> address.address().ip().equals(ip))
                        .flatMap(address -> node.link(address.link()).stream()
                                .map(link -> new Owner(
                                        node.node(),
                                        address.link(),
                                        link.mac(),
                                        address.isUsable() && link.up() && link.carrier()))))
                .toList();
    }

    /** All addresses that others may ask for, each once. */
    Stream<InetAddress> addresses() {
        return nodes.stream()
                .flatMap(NodeTables::globalAddresses)
                .map(address -> address.address().ip())
                .distinct();
    }

    /** Whose MAC address this is, in words. */
    Optional<String> whose(MacAddress mac) {
        return nodes.stream()
                .flatMap(node -> node.links().stream())
                .filter(link -> link.mac().equals(mac))
                // A macvtap has its guest's, and so has the guest, if it has been looked at.
                .min(Comparator.comparing(link -> link.kind().equals(Optional.of("macvtap"))))
                .map(link -> "%s on %s".formatted(link.name(), link.node()));
    }

    /** Whether a message speaks of a node, by its name or by one of its addresses. */
    boolean isNamed(String message, String node) {
        return Words.names(message, node)
                || nodes.stream()
                        .filter(each -> each.node().equals(node))
                        .flatMap(NodeTables::globalAddresses)
                        .anyMatch(address -> Words.names(
                                message, InterfaceIp.text(address.address().ip())));
    }

    Stream<NodeTables.Wire> wires() {
        return nodes.stream().flatMap(node -> node.wires().stream());
    }
}
