package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.samples.addresses.DhcpMessage.TO_CLIENTS;
import static io.github.taplab.samples.addresses.DhcpMessage.TO_SERVERS;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(address = GuestAddress.NONE)
@Order(311)
@DisplayName("3.11 DHCP: the guest's question reaches all, and somebody has to answer")
@Question(
        value = "Why does a guest on a macvtap get no address by DHCP?",
        answer = "Its question goes out in any case; either nobody on the network serves, or the answer is for a MAC"
                + " address that its macvtap does not have",
        asked = "https://github.com/kubevirt/kubevirt/issues/1850")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a server runs as long as its block lasts.
class DhcpTests {

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

    private Undo serving() {
        // tag::serve[]
        return gateway.serveDhcp(lab.subnet().host(200), lab.subnet().host(209));
        // end::serve[]
    }

    @AfterEach
    void noAddress() {
        guest.run("ip", "-4", "address", "flush", "dev", guest.nic());
    }

    @Test
    @Order(1)
    @DisplayName("with a server on the network the guest gets an address, and is reached there")
    void withAServerItGetsAnAddress() {
        try (Undo dhcp = serving()) {
            // tag::dhcp[]
            Traffic seen = lab.trafficOf(() -> assertThat(DhcpClient.ask(guest)).succeeded());

            assertThat(seen)
                    .hasPassed(TO_SERVERS.to(MacAddress.BROADCAST), guest, launcher, client)
                    .hasPassed(TO_SERVERS, guest, launcher, gateway)
                    .hasPassed(TO_CLIENTS.from(gateway.mac()).to(guest.mac()), gateway, launcher, guest);
            // end::dhcp[]
            InetAddress given = guest.ip();
            assertThat(client).reaches(given).hasNeighbour(given, guest.mac());
            assertThat(guest).hasDefaultRouteVia(gateway.ip());
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: without one its question is seen everywhere, nobody answers, and it gives up")
    void withoutAServerItGivesUp() {
        Traffic seen = lab.trafficOf(() -> assertThat(DhcpClient.ask(guest)).hasExitCode(1));

        assertThat(seen)
                .hasPassed(TO_SERVERS, guest, launcher, client)
                .hasPassed(TO_SERVERS, guest, launcher, gateway)
                .hasPassedTimes(3, TO_SERVERS, guest)
                .hasNotPassed(TO_CLIENTS, launcher, guest, client, gateway);
        assertThat(guest).hasNoIpv4Address();
    }

    @Test
    @Order(3)
    @DisplayName(
            "broken on purpose: a changed MAC address is not the macvtap's, and so its answers only come as broadcasts")
    void withAChangedMacOnlyBroadcastsComeIn() {
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        guest.setMac(changed);
        try (Undo dhcp = serving()) {
            Traffic seen = lab.trafficOf(() -> assertThat(DhcpClient.ask(guest)).failed());
            assertThat(seen)
                    .hasPassed(TO_CLIENTS.to(changed), gateway, launcher)
                    .hasNotPassed(TO_CLIENTS, guest);

            // The client may wish for broadcasts (RFC 2131, 4.1); some do so always.
            assertThat(DhcpClient.ask(guest, "-B")).succeeded();
            assertThat(client).doesNotReach(guest.ip());
        } finally {
            guest.setMac(original);
        }
    }
}
