package io.github.taplab.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.diagnosis.NodeTables.Wire;
import io.github.taplab.internal.drawing.Nic;
import io.github.taplab.internal.drawing.Nic.Macvtap;
import io.github.taplab.internal.drawing.Nic.Network;
import io.github.taplab.internal.drawing.Station;
import io.github.taplab.internal.drawing.Station.Kind;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Link;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the nodes' tables say becomes a drawing: as it is, and not as it was declared. */
class SeenStationsTests {

    private static final MacAddress GUEST = MacAddress.of("02:9e:00:00:00:05");
    private static final MacAddress CHANGED = MacAddress.of("02:00:00:00:00:99");
    private static final MacAddress LAUNCHER = MacAddress.of("02:1a:00:00:00:02");

    private static Link link(String node, String name, MacAddress mac, String kind) {
        return link(node, name, mac, Optional.of(kind), Optional.empty(), true, true);
    }

    private static Link link(
            String node, String name, MacAddress mac, Optional<String> mode, boolean up, boolean carrier) {
        return link(node, name, mac, mode.map(unused -> "macvtap"), mode, up, carrier);
    }

    private static Link link(
            String node,
            String name,
            MacAddress mac,
            Optional<String> kind,
            Optional<String> mode,
            boolean up,
            boolean carrier) {
        return new Link(
                node,
                name,
                2,
                mac,
                kind,
                mode.map(unused -> "eth0"),
                mode,
                up,
                carrier,
                up ? "up" : "down",
                1500,
                0,
                0,
                false,
                false);
    }

    private static List<Station> stations(NodeTables... nodes) {
        Map<String, Kind> kinds = Map.of("guest", Kind.GUEST, "launcher", Kind.LAUNCHER, "gateway", Kind.GATEWAY);
        return SeenStations.of(
                new LabTables(List.of(nodes), List.of(), true), kinds::get, (node, link) -> link.equals("eth1"));
    }

    private static NodeTables tables(String node, List<Link> links, List<AssignedAddress> addresses, List<Wire> wires) {
        return new NodeTables(node, links, addresses, List.of(), List.of(), wires);
    }

    @Test
    void aGuestHasTheOtherEndOfItsCable() {
        Link nic = link("guest", "eth0", CHANGED, Optional.empty(), true, true);
        Link macvtap = link("launcher", "macvtap0", GUEST, Optional.of("bridge"), true, false);
        InterfaceIp ip = InterfaceIp.of("198.18.1.5/24");

        assertThat(stations(tables(
                        "guest",
                        List.of(nic),
                        List.of(
                                new AssignedAddress("eth0", ip, "global"),
                                new AssignedAddress("eth0", InterfaceIp.of("fe80::1/64"), "link")),
                        List.of(new Wire(nic, macvtap, Optional.empty(), List.of(), List.of())))))
                .containsExactly(new Station(
                        Kind.GUEST,
                        "guest",
                        List.of(new Nic(
                                "eth0",
                                CHANGED,
                                List.of(ip),
                                Network.LAB,
                                Optional.empty(),
                                Optional.of(new Macvtap(
                                        "macvtap0",
                                        "launcher",
                                        "eth0",
                                        "bridge",
                                        GUEST,
                                        Optional.of("no carrier")))))));
    }

    @Test
    void macvtapsAndLoopbacksAreNoneOfALaunchersOwn() {
        assertThat(stations(tables(
                                "launcher",
                                List.of(
                                        link("launcher", "lo", new MacAddress(0), Optional.empty(), true, true),
                                        link("launcher", "eth0", LAUNCHER, Optional.empty(), false, false),
                                        link("launcher", "macvtap0", GUEST, Optional.of("bridge"), true, true)),
                                List.of(),
                                List.of()))
                        .get(0)
                        .nics())
                .containsExactly(
                        new Nic("eth0", LAUNCHER, List.of(), Network.LAB, Optional.of("down"), Optional.empty()));
    }

    @Test
    void aTapIsDrawnOnTheBridgeOfItsLauncher() {
        Link nic = link("guest", "eth0", GUEST, Optional.empty(), true, true);
        Link tap = link("launcher", "vnet0", CHANGED, "tun");

        List<Station> seen = stations(
                tables(
                        "launcher",
                        List.of(
                                link("launcher", "eth0", LAUNCHER, "veth"),
                                link("launcher", "br0", LAUNCHER, "bridge"),
                                tap),
                        List.of(),
                        List.of()),
                tables(
                        "guest",
                        List.of(nic),
                        List.of(),
                        List.of(new Wire(nic, tap, Optional.empty(), List.of(), List.of()))));

        assertThat(seen.get(0).nics()).extracting(Nic::link).containsExactly("eth0", "br0");
        assertThat(seen.get(0).nics()).extracting(Nic::network).containsExactly(Network.LAB, Network.INSIDE);
        assertThat(seen.get(1).nics())
                .extracting(Nic::macvtap)
                .containsExactly(Optional.of(new Macvtap("vnet0", "launcher", "br0", "", CHANGED, Optional.empty())));
    }

    /** Whose addresses nobody has looked at: a gateway's are those of its NIC in the lab. */
    @Test
    void anInterfaceOnTheWanIsDrawnThere() {
        assertThat(stations(tables(
                                "gateway",
                                List.of(
                                        link("gateway", "eth0", LAUNCHER, Optional.empty(), true, true),
                                        link("gateway", "eth1", GUEST, Optional.empty(), true, true)),
                                List.of(),
                                List.of()))
                        .get(0)
                        .nics())
                .extracting(Nic::network)
                .containsExactly(Network.LAB, Network.WAN);
    }
}
