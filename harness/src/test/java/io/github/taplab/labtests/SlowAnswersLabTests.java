package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.node.Station;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks who has an address hears the slow ones too: how long it takes depends on what the nodes say. */
@LabContainer(ipv6 = true)
@MacvtapVm
class SlowAnswersLabTests {

    /** Linux waits up to 0.8 s, at random, before it answers a broadcast for another station. */
    @RepeatedTest(3)
    void aProxyCountsThatTakesItsTime(Guest guest, Client client, Gateway gateway) {
        String ip = InterfaceIp.text(guest.ip());
        MacAddress owner = guest.mac();

        gateway.run("ip", "link", "add", "behind", "type", "veth", "peer", "name", "beyond");
        try {
            gateway.run("ip", "link", "set", "dev", "behind", "up");
            gateway.run("ip", "route", "add", ip + "/32", "dev", "behind");
            gateway.run("ip", "neigh", "add", "proxy", ip, "dev", "eth0");
            try {
                assertThat(claim(gateway, guest.ip())).isEmpty();
                assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(owner, gateway.mac());
            } finally {
                gateway.run("ip", "neigh", "delete", "proxy", ip, "dev", "eth0");
            }
        } finally {
            gateway.run("ip", "link", "delete", "behind");
        }
        assertThat(claim(gateway, guest.ip())).contains(Set.of());
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(owner);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachNodeSaysWhatItAnswersFor(boolean ipv4, Guest guest, Client client, Gateway gateway, Launcher launcher) {
        for (Node owner : new Node[] {guest, client, gateway, launcher}) {
            InetAddress ip = ipv4 ? owner.ip() : owner.ip6();
            for (Node node : new Node[] {guest, client, gateway, launcher}) {
                assertThat(claim(node, ip))
                        .as("%s of %s", node, ip)
                        .contains(node == owner ? Set.of(owner.mac()) : Set.of());
            }
        }
    }

    @Test
    void ofWhomThereMayBeMoreNothingIsSaid(Guest guest, Client client) {
        InterfaceIp tagged = InterfaceIp.of("198.51.100.5/24");
        InetAddress ip = guest.ip();
        guest.addVlan(7, tagged);
        try {
            assertThat(claim(guest, ip)).isEmpty();
        } finally {
            guest.removeVlan(7);
        }
        assertThat(claim(guest, ip)).contains(Set.of(guest.mac()));

        client.run("ip", "link", "add", "link", "eth0", "name", "more", "type", "macvlan", "mode", "bridge");
        try {
            assertThat(claim(client, ip)).isEmpty();
        } finally {
            client.run("ip", "link", "delete", "more");
        }
        assertThat(claim(client, ip)).contains(Set.of());

        // Answers through both.
        client.run("ip", "link", "add", "behind", "type", "veth", "peer", "name", "beyond");
        try {
            assertThat(claim(client, client.ip())).isEmpty();
            assertThat(claim(client, ip)).contains(Set.of());
        } finally {
            client.run("ip", "link", "delete", "behind");
        }
    }

    private static Optional<Set<MacAddress>> claim(Node node, InetAddress ip) {
        return Behind.of(Station.class, node).answerers(ip);
    }
}
