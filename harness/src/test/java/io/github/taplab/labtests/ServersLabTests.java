package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a container serves for as long as a block lasts: DHCP, and that it is a router. */
@LabContainer(ipv6 = true, internet = "www.example.com")
@MacvtapVm
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a server runs as long as its block lasts.
class ServersLabTests {

    // dnsmasq sends the first within 5 s, which may come too early for a station, and the second 20 s later at most.
    private static final Duration TWO_ADVERTISEMENTS = Duration.ofSeconds(30);

    @FromLab
    Lab lab;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @FromLab
    Gateway gateway;

    private InetAddress host(int number) {
        return lab.subnet().host(number);
    }

    // Takes no address, since it has no script that would.
    private CommandResult discover() {
        return discover(10);
    }

    private CommandResult discover(int questions) {
        return guest.tryRun(
                "udhcpc", "-i", guest.nic(), "-n", "-q", "-f", "-t", Integer.toString(questions), "-T", "1");
    }

    @Test
    void dhcpIsServedUntilItEnds() {
        try (Undo dhcp = client.serveDhcp(host(200), host(200))) {
            assertThat(discover().stderr())
                    .contains("lease of %s obtained from %s"
                            .formatted(InterfaceIp.text(host(200)), InterfaceIp.text(client.ip())));
        }
        assertThat(discover(2)).failed();
    }

    @Test
    void aNodeServesOnceAtATime() {
        try (Undo dhcp = client.serveDhcp(host(200), host(209))) {
            assertThatThrownBy(() -> client.serveDhcp(host(210), host(219)).close())
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("already running");
            assertThat(discover()).succeeded();
        }
        try (Undo again = client.serveDhcp(host(200), host(209))) {
            assertThat(discover()).succeeded();
        }
    }

    @Test
    void theNameServerBesideItIsAnother() {
        try (Undo dhcp = gateway.serveDhcp(host(200), host(209))) {
            try (Undo dns = gateway.stopDns()) {
                assertThat(discover()).succeeded();
                assertThat(guest.httpGet("http://www.example.com/")).hadUnknownName();
            }
            assertThat(guest.httpGet("http://www.example.com/")).isAnswered();
        }
        assertThat(guest.httpGet("http://www.example.com/")).isAnswered();
    }

    @Test
    void aRouterIsTakenForOne() {
        InterfaceIp own = InterfaceIp.of("fd00:7461:706c:6162::1/64");
        client.addAddress(own);
        try (Undo router = client.advertiseRouter(Prefix.of("fd00:7461:706c:6162::/64"))) {
            eventually(
                    TWO_ADVERTISEMENTS,
                    () -> assertThat(guest.addresses())
                            .anyMatch(address ->
                                    InterfaceIp.text(address.address().ip()).startsWith("fd00:7461:706c:6162:")));
            assertThat(guest.routes()).anyMatch(route -> route.isDefault() && !route.isIpv4());
        } finally {
            client.removeAddress(own);
        }
    }
}
