package io.github.taplab.internal.fault;

import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Breakable;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Impairment;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The faults of one node; {@link Breakable} says what each does. */
public final class Faults {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Node node;
    private final Port port;

    /**
     * The faults of one node.
     *
     * @param node what is broken
     * @param port where its frames pass
     */
    public Faults(Node node, Port port) {
        this.node = node;
        this.port = port;
    }

    /** See {@link Breakable#takeDown}. */
    public Undo takeDown(String link) {
        return LinkChange.making(
                node, "ip", "link", "set", "dev", node.link(link).name(), "down");
    }

    /** See {@link Breakable#overrideMtu}. */
    public Undo overrideMtu(String link, int mtu) {
        String name = node.link(link).name();
        return LinkChange.making(node, "ip", "link", "set", "dev", name, "mtu", Integer.toString(mtu));
    }

    /** See {@link Breakable#spoofMac}. */
    public Undo spoofMac(MacAddress mac) {
        return LinkChange.making(node, "ip", "link", "set", "dev", node.nic(), "address", mac.toString());
    }

    /**
     * Takes an interface out of the node.
     *
     * @param takeOut does so; its undo returns when the node has found the interface again
     */
    public Undo takeOut(Supplier<Undo> takeOut) {
        return LinkChange.making(node, takeOut);
    }

    /**
     * Takes the carrier from a NIC.
     *
     * @param nic its name
     * @param unplug does so at the other end
     */
    public Undo unplugCable(String nic, Supplier<Undo> unplug) {
        NetworkState before = settled(nic);
        return UndoStack.making(List.of(
                () -> () -> LinkChange.awaitOperStates(node, before), // the last step of the way back
                unplug,
                () -> {
                    awaitNoCarrier(nic);
                    return () -> {};
                }));
    }

    // The kernel says up to a second late that a NIC with a carrier is up; the way back waits for what was before.
    private NetworkState settled(String nic) {
        NetworkState seen = NetworkState.of(node);
        if (!seen.isDown(nic)) {
            return seen;
        }
        Waiting.until(
                "%s of %s is up, as its carrier is".formatted(nic, node.name()),
                SOON,
                () -> node.link(nic),
                link -> !link.carrier() || !link.operState().equals("down"));
        return NetworkState.of(node);
    }

    private void awaitNoCarrier(String nic) {
        Waiting.until(
                "%s of %s loses its carrier".formatted(nic, node.name()),
                SOON,
                () -> node.link(nic),
                link -> !link.carrier());
    }

    /** See {@link Breakable#partitionFrom}. */
    public Undo partitionFrom(Faults other) {
        if (node.equals(other.node)) {
            throw new IllegalArgumentException("%s can't be partitioned from itself".formatted(node.name()));
        }
        MacAddress own = node.mac();
        MacAddress others = other.node.mac();
        return UndoStack.making(List.of(
                () -> Ruleset.of(mark -> FrameRules.partition(port, own, others))
                        .putOn(port),
                () -> Ruleset.of(mark -> FrameRules.partition(other.port, others, own))
                        .putOn(other.port)));
    }

    /** See {@link Breakable#suppressNeighbourAnswers}. */
    public Undo suppressNeighbourAnswers() {
        MacAddress own = node.mac();
        return Ruleset.of(mark -> FrameRules.neighbourSilence(port, own)).putOn(port);
    }

    /** See {@link Breakable#forgeArpAnswers}. */
    public Undo forgeArpAnswers(InetAddress ip, MacAddress mac) {
        if (!(ip instanceof Inet4Address)) {
            throw new IllegalArgumentException("ARP asks for IPv4 addresses, found " + InterfaceIp.text(ip));
        }
        if (port.isTap()) {
            throw new UnsupportedOperationException(
                    "Can't forge ARP answers of %s: on %s, a tap of a bridge, the kernel can't send in its place. Where the guest has a macvtap, or from a container, it can"
                            .formatted(node.name(), port.link()));
        }
        MacAddress own = node.mac();
        return Ruleset.of(mark -> FrameRules.forgedArp(port, own, ip, mac, mark))
                .putOn(port);
    }

    /** See {@link Breakable#impair}. */
    public Undo impair(Impairment impairment) {
        return new Line(node.name(), port).impair(impairment);
    }

    /** See {@link Breakable#poisonNeighbour}. */
    public Undo poisonNeighbour(InetAddress ip, MacAddress mac) {
        Optional<Neighbour> before = neighbour(ip);
        return UndoStack.commanding(() -> replaceNeighbour(ip, mac, "reachable"), () -> restoreNeighbour(ip, before));
    }

    private void restoreNeighbour(InetAddress ip, Optional<Neighbour> before) {
        Optional<MacAddress> mac = before.flatMap(Neighbour::mac);
        if (mac.isPresent()) {
            // One that was being asked about is one that is stale.
            String state = before.get().states().stream()
                    .filter(List.of("REACHABLE", "PERMANENT", "NOARP")::contains)
                    .findFirst()
                    .orElse("stale");
            replaceNeighbour(ip, mac.get(), state.toLowerCase(Locale.ROOT));
        } else if (neighbour(ip).isPresent()) {
            node.run("ip", "neigh", "delete", ip.getHostAddress(), "dev", node.nic());
        }
    }

    private Optional<Neighbour> neighbour(InetAddress ip) {
        return node.neighbours().stream().filter(entry -> entry.ip().equals(ip)).findFirst();
    }

    private void replaceNeighbour(InetAddress ip, MacAddress mac, String state) {
        node.run(
                "ip",
                "neigh",
                "replace",
                ip.getHostAddress(),
                "lladdr",
                mac.toString(),
                "dev",
                node.nic(),
                "nud",
                state);
    }
}
