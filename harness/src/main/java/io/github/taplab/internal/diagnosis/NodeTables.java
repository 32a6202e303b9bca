package io.github.taplab.internal.diagnosis;

import io.github.taplab.internal.node.AddressTable;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Node;
import io.github.taplab.node.NotThereException;
import io.github.taplab.node.Route;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the kernel of one node had in its tables.
 *
 * @param node its name
 * @param wires of a guest: its NICs with their macvtaps
 */
record NodeTables(
        String node,
        List<Link> links,
        List<AssignedAddress> addresses,
        List<Route> routes,
        List<Neighbour> neighbours,
        List<Wire> wires) {

    /**
     * A guest's NIC, and its other end.
     *
     * @param nic in the guest
     * @param macvtap in the launcher; it may be a tap on a bridge
     * @param parent under it, or beside it on the bridge; empty where it is not in the launcher
     * @param groups the multicast groups that the NIC has joined; none where they were not looked at
     * @param macvtapGroups those that the macvtap has
     */
    record Wire(
            Link nic, Link macvtap, Optional<Link> parent, List<MacAddress> groups, List<MacAddress> macvtapGroups) {

        Wire {
            groups = List.copyOf(groups);
            macvtapGroups = List.copyOf(macvtapGroups);
        }

        /** Whether it is a macvtap, which has a filter, and a parent that does not hear it. */
        boolean isMacvtap() {
            return macvtap.kind().equals(Optional.of("macvtap"));
        }
    }

    NodeTables {
        links = List.copyOf(links);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        neighbours = List.copyOf(neighbours);
        wires = List.copyOf(wires);
    }

    /**
     * Looks at a node.
     *
     * @param failure groups are looked at only where it speaks of an IPv6 address of the node
     */
    static NodeTables of(Node node, String failure) {
        List<Link> links = node.links();
        List<AssignedAddress> addresses = addresses(node);
        boolean ipv6 = addresses.stream()
                .filter(NodeTables::isGlobalIpv6)
                .anyMatch(address ->
                        Words.names(failure, InterfaceIp.text(address.address().ip())));
        return new NodeTables(
                node.name(),
                links,
                addresses,
                node.routes(),
                node.neighbours(),
                node instanceof Guest guest
                        ? links.stream()
                                .flatMap(link -> wire(guest, link, ipv6))
                                .toList()
                        : List.of());
    }

    // A macvtap in its launcher has the link-local address of its guest, and nobody answers for it there.
    private static List<AssignedAddress> addresses(Node node) {
        if (!(node instanceof AddressTable table)) {
            return node.addresses();
        }
        return table.addressesOfAllLinks().stream()
                .filter(address -> address.link().equals(node.nic()) || isGlobal(address))
                .toList();
    }

    private static boolean isGlobalIpv6(AssignedAddress address) {
        return isGlobal(address) && address.address().ip() instanceof Inet6Address;
    }

    private static Stream<Wire> wire(Guest guest, Link link, boolean ipv6) {
        Link macvtap;
        try {
            macvtap = guest.on(link.name()).macvtap();
        } catch (IllegalArgumentException | NotThereException noNicOfTheSpec) {
            return Stream.of();
        }
        Optional<String> name =
                isTap(macvtap) ? Optional.of(guest.launcher().parent().name()) : macvtap.parent();
        Optional<Link> parent = guest.launcher().links().stream()
                .filter(each -> Optional.of(each.name()).equals(name))
                .findFirst();
        return Stream.of(new Wire(
                link,
                macvtap,
                parent,
                ipv6 ? guest.groups(link.name()) : List.of(),
                ipv6 ? guest.launcher().groups(macvtap.name()) : List.of()));
    }

    private static boolean isTap(Link link) {
        return link.kind().equals(Optional.of("tun"));
    }

    /** Its addresses that others may ask for, those of its loopback interface left out. */
    Stream<AssignedAddress> globalAddresses() {
        return addresses.stream().filter(NodeTables::isGlobal);
    }

    private static boolean isGlobal(AssignedAddress address) {
        return address.scope().equals("global") && !address.link().equals("lo");
    }

    /** One of its interfaces. */
    Optional<Link> link(String name) {
        return links.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
