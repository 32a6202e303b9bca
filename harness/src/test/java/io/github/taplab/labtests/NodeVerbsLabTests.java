package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.node.Node;
import io.github.taplab.node.NotThereException;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node can be asked and told; a container has iproute2 and iputils, a guest busybox, and both must do. */
@LabContainer
@MacvtapVm
class NodeVerbsLabTests {

    // For documentation (RFC 5737): only in routing tables here, nothing is sent there.
    private static final Prefix ELSEWHERE = Prefix.of("192.0.2.0/24");

    private static Node node(String name, Lab lab) {
        return name.equals("guest") ? lab.guest() : lab.client();
    }

    private static InetAddress nobody(Lab lab) {
        return lab.subnet().host(250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void links(String name, Lab lab) {
        Node node = node(name, lab);

        assertThat(node.links()).extracting(Link::name).contains("lo", "eth0");
        Link eth0 = node.link("eth0");
        assertThat(eth0).isUp().hasMac(node.mac());
        assertThat(eth0.node()).isEqualTo(name);
        assertThat(eth0.mtu()).isEqualTo(1500);
        assertThat(eth0.kind()).isEqualTo(name.equals("guest") ? Optional.empty() : Optional.of("veth"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void anUnknownLinkIsNamedWithTheKnownOnes(String name, Lab lab) {
        Node node = node(name, lab);

        assertThatThrownBy(() -> node.link("eth7"))
                .isInstanceOf(NotThereException.class)
                .hasMessageMatching("No interface eth7 on " + name + ", there are \\[lo,.* eth0.*\\]");
        assertThatThrownBy(() -> node.setUp("eth7"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("Cannot find device \"eth7\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void addresses(String name, Lab lab) {
        Node node = node(name, lab);
        InterfaceIp own = node.interfaceIp();
        InterfaceIp further = lab.subnet().interfaceIp(200);

        assertThat(own.ip()).isEqualTo(node.ip());
        node.addAddress(further);
        try {
            assertThat(node).hasAddress(own.ip()).hasAddress(further.ip());
            assertThatThrownBy(node::ip)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(name + " has more than one IPv4 address on eth0: ")
                    .hasMessageContaining(own.toString())
                    .hasMessageContaining(further.toString());
            assertThatThrownBy(() -> node.addAddress(further)).isInstanceOf(CommandFailedException.class);
        } finally {
            node.removeAddress(further);
        }
        assertThat(node.interfaceIp()).isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void routes(String name, Lab lab) {
        Node node = node(name, lab);
        InetAddress gateway = lab.subnet().host(1);
        InetAddress otherHop = lab.subnet().host(9);

        assertThat(node).hasDefaultRouteVia(gateway);
        node.addRoute(ELSEWHERE, otherHop);
        assertThat(node.routes())
                .anyMatch(route -> route.destination().equals(ELSEWHERE)
                        && route.via().equals(Optional.of(otherHop))
                        && route.link().equals("eth0")
                        && !route.isDefault());
        node.removeRoute(ELSEWHERE);
        assertThat(node.routes()).noneMatch(route -> route.destination().equals(ELSEWHERE));
        node.removeDefaultRoute();
        assertThat(node).hasNoDefaultRoute();
        node.addDefaultRoute(gateway);
        assertThat(node).hasDefaultRouteVia(gateway);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void mac(String name, Lab lab) {
        Node node = node(name, lab);
        MacAddress original = node.mac();

        node.setMac(original.sibling());
        assertThat(node).hasMac(original.sibling());
        node.setMac(original);
        assertThat(node).hasMac(original);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void upAndDown(String name, Lab lab) {
        Node node = node(name, lab);

        node.setDown("eth0");
        assertThat(node.link("eth0").up()).isFalse();
        node.setUp("eth0");
        assertThat(node.link("eth0")).isUp();
        // The kernel drops an interface's routes with it; that to its own network comes back by itself.
        assertThat(node).hasNoDefaultRoute();
        node.addDefaultRoute(lab.subnet().host(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void neighbours(String name, Lab lab, Gateway gateway) {
        Node node = node(name, lab);

        assertThat(node).reaches(gateway.ip()).hasNeighbour(gateway.ip(), gateway.mac());
        node.flushNeighbours();
        assertThat(node.neighbours())
                .noneMatch(
                        entry -> entry.ip().equals(gateway.ip()) && entry.mac().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void whoHas(String name, Lab lab, Gateway gateway) {
        Node node = node(name, lab);
        node.flushNeighbours();

        assertThat(node.whoHas(gateway.ip())).isAnsweredOnlyBy(gateway.mac());
        assertThat(node.whoHas(nobody(lab))).isNotAnswered();
        assertThat(node.neighbours()).noneMatch(entry -> entry.ip().equals(gateway.ip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void ping(String name, Lab lab, Gateway gateway) {
        Node node = node(name, lab);

        assertThat(node.ping(gateway.ip())).isAnswered();
        assertThat(node.ping(nobody(lab))).isNotAnswered();
    }

    @Test
    void theGatewayIsAStationLikeOthers(Lab lab, Gateway gateway, Launcher launcher, Guest guest, Client client) {
        assertThat(gateway.interfaceIp()).isEqualTo(lab.subnet().interfaceIp(1));
        assertThat(gateway).reaches(launcher.ip()).reaches(guest.ip()).reaches(client.ip());
        assertThat(gateway.links()).extracting(Link::name).contains("eth0");
        assertThat(gateway.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
    }

    @Test
    void unknownNodesAreNamedWithTheKnownOnes(Lab lab) {
        assertThatThrownBy(() -> lab.guest("vm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The lab has no guest \"vm\", it has [guest]");
        assertThatThrownBy(() -> lab.client("far"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The lab has no client \"far\", it has [client]");
    }
}
