package io.github.taplab.internal.diagnosis;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Node;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernels of a lab's nodes had in their tables, all at about the same time. */
record LabTables(List<NodeTables> nodes) {

    /**
     * Where an address is.
     *
     * @param node that has it
     * @param link on which
     * @param mac by which the node answers for it
     */
    record Owner(String node, String link, MacAddress mac) {

        @Override
        public String toString() {
            return "%s (%s, %s)".formatted(node, link, mac);
        }
    }

    LabTables {
        nodes = List.copyOf(nodes);
    }

    /** Looks at all nodes side by side; what can't be seen in time is left out. */
    static LabTables of(List<Node> running, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        List<Beside<NodeTables>> looks = running.stream()
                .map(node -> Beside.begin("taplab-diagnosis: " + node.name(), () -> NodeTables.of(node)))
                .toList();
        List<NodeTables> seen = looks.stream()
                .flatMap(look -> within(Duration.ofNanos(Math.max(0, end - System.nanoTime())), look).stream())
                .toList();
        looks.forEach(Beside::close);
        return new LabTables(seen);
    }

    private static Optional<NodeTables> within(Duration deadline, Beside<NodeTables> look) {
        try {
            return Optional.of(Waiting.joined("the tables of a node are seen", deadline, look.result()));
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
                        .flatMap(address -> node.mac(address.link()).stream()
                                .map(mac -> new Owner(node.node(), address.link(), mac))))
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
