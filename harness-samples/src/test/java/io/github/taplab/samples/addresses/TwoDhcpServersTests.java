package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.samples.addresses.DhcpMessage.OFFER;
import static io.github.taplab.samples.addresses.DhcpMessage.REQUEST;
import static io.github.taplab.samples.addresses.DhcpMessage.received;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.GuestAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Each server has ten addresses of its own, and names itself as the router. */
@LabContainer
@MacvtapVm(address = GuestAddress.NONE)
@Order(312)
@DisplayName("3.12 Two DHCP servers: the guest takes the first offer")
@Question(
        value = "What if a second DHCP server is on the network that a macvtap leads to?",
        answer = "Both offer an address, and the guest takes what comes first, and with it that server's router",
        asked = "https://github.com/kubevirt/kubevirt/issues/2847")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a server runs as long as its block lasts.
class TwoDhcpServersTests {

    @FromLab
    Lab lab;

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @FromLab
    Gateway gateway;

    private Undo gatewayServes() {
        return gateway.serveDhcp(lab.subnet().host(200), lab.subnet().host(209));
    }

    private Undo clientServes() {
        return client.serveDhcp(lab.subnet().host(210), lab.subnet().host(219));
    }

    @AfterEach
    void noAddress() {
        guest.run("ip", "-4", "address", "flush", "dev", guest.nic());
    }

    @Test
    @Order(1)
    @DisplayName("with one server the network's router is the guest's")
    void withOneServer() {
        try (Undo dhcp = gatewayServes()) {
            assertThat(DhcpClient.ask(guest)).succeeded();
        }
        assertThat(guest).hasDefaultRouteVia(gateway.ip());
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: of two offers it takes the first, tells both, and has that one's router")
    void ofTwoOffersItTakesTheFirst() {
        Traffic seen;
        try (Undo dhcp = gatewayServes();
                Undo second = clientServes()) {
            seen = lab.trafficOf(() -> {
                // The guest is content with one offer; the other one may come later.
                try (Capture offers = launcher.capture("eth0", "udp src port 67")) {
                    assertThat(DhcpClient.ask(guest)).succeeded();
                    offers.await("the gateway's offer", frame -> frame.source().equals(gateway.mac()));
                    offers.await("the client's offer", frame -> frame.source().equals(client.mac()));
                }
            });
        }

        assertThat(received(seen, OFFER, launcher))
                .extracting(DhcpMessage::server)
                .containsOnly(gateway.ip(), client.ip());
        InetAddress first = received(seen, OFFER, launcher).get(0).server();
        assertThat(received(seen, REQUEST, gateway)).containsOnly(new DhcpMessage(REQUEST, first));
        assertThat(received(seen, REQUEST, client)).containsOnly(new DhcpMessage(REQUEST, first));
        assertThat(guest).hasDefaultRouteVia(first);
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: where only a station serves that is no router, the guest sends all to it")
    void whoServesIsTheRouter() {
        try (Undo dhcp = clientServes()) {
            assertThat(DhcpClient.ask(guest)).succeeded();
        }
        assertThat(guest).hasDefaultRouteVia(client.ip()).hasNoDefaultRouteVia(gateway.ip());
    }
}
