package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.GuestAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(address = GuestAddress.NONE)
@Order(102)
@Tag("story")
@EachAttachment
@DisplayName("1.2 A fresh guest, and how it gets its address")
class FreshGuestTests {

    @Test
    @Order(1)
    @DisplayName("a freshly booted guest has no IPv4 address and no default route")
    void hasNoAddressAndNoRoute(Guest guest) {
        assertThat(guest).hasNoIpv4Address().hasNoDefaultRoute();
    }

    @Test
    @Order(2)
    @DisplayName("so it has no route to the gateway")
    void hasNoRouteToTheGateway(Guest guest, Gateway gateway) {
        assertThat(guest.ping(gateway.ip())).hadNoRoute();
    }

    @Test
    @Order(3)
    @DisplayName("with the container's address and default route it does")
    void reachesTheGatewayWithTheContainersAddress(Launcher launcher, Guest guest, Gateway gateway) {
        guest.copyAddressFrom(launcher);

        assertThat(guest).hasAddress(launcher.ip()).hasDefaultRouteVia(gateway.ip());
        assertThat(guest).reaches(gateway.ip());
    }
}
