package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.Prefix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer(scope = LabScope.REWIND)
@MacvtapVm(address = GuestAddress.NONE)
@Order(113)
@Tag("story")
@Question(
        value = "Why does ip route add default fail in a guest that has no address yet?",
        answer =
                "The route to the gateway comes with the address and its prefix length, and without it the kernel refuses the gateway as out of reach")
@DisplayName("1.13 The route that comes with an address, and goes with it")
@SuppressWarnings("NullAway.Init") // The lab and the set-up set the fields.
class AddressBringsItsRouteTests {

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    private InterfaceIp address;
    private Prefix network;

    @BeforeEach
    void chooseAnAddress(Lab lab) {
        address = client.interfaceIp().plus(100);
        network = Prefix.of(lab.subnet().toString());
    }

    @Test
    @Order(1)
    @DisplayName("with an address the guest knows its network, and reaches who is there")
    void theRouteComesWithTheAddress() {
        guest.addAddress(address);

        assertThat(guest).hasRoute(network).hasNoDefaultRoute();
        assertThat(guest).reaches(client.ip());

        guest.removeAddress(address);
        assertThat(guest).hasNoRoute(network);
        assertThat(guest.ping(client.ip())).hadNoRoute();
    }

    @Test
    @Order(2)
    @DisplayName("the container's address takes its default route along too")
    void theContainersDefaultRouteGoesWithItsAddress(Launcher launcher, Gateway gateway) {
        assertThat(launcher).hasRoute(network).hasDefaultRouteVia(gateway.ip());

        launcher.removeAddress();
        assertThat(launcher).hasNoRoute(network).hasNoDefaultRoute();
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: with prefix length 32 no route comes, and all are out of reach")
    void withPrefixLength32NoRouteComes() {
        guest.addAddress(new InterfaceIp(address.ip(), 32));

        assertThat(guest).hasAddress(address.ip()).hasNoRoute(network);
        assertThat(guest.ping(client.ip())).hadNoRoute();
    }

    @Test
    @Order(4)
    @DisplayName("and a default route is refused, since its next hop is out of reach")
    void aDefaultRouteNeedsAnAddressFirst(Gateway gateway) {
        String hop = gateway.ip().getHostAddress();
        CommandResult early = guest.tryRun("ip", "route", "add", "default", "via", hop, "dev", "eth0");
        assertThat(early).failed();
        assertThat(early.stderr()).contains("Nexthop has invalid gateway");

        guest.addAddress(address);
        guest.addDefaultRoute(gateway.ip());
        assertThat(guest).hasDefaultRouteVia(gateway.ip());
    }
}
