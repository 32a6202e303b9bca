package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.GuestAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer(gateway = GatewayPlace.DOCKER_HOST)
@MacvtapVm(address = GuestAddress.NONE)
@Order(106)
@Tag("story")
@EachAttachment
@DisplayName("1.6 The same from the Docker host itself")
class DockerHostGatewayTests {

    @Test
    @DisplayName("the host is refused while both have the address, and connects once the container has given it up")
    void hostConnectsOnceTheContainerHasGivenUp(Launcher launcher, Guest guest, Gateway host) {
        guest.copyAddressFrom(launcher);
        assertThat(guest).hasDefaultRouteVia(host.ip()).reaches(host.ip());
        host.flushNeighbours();
        assertThat(host.ssh(guest)).isRefusedBy(launcher.mac());

        launcher.removeAddress();
        host.flushNeighbours();
        assertThat(host.ssh(guest)).isConnected();
    }
}
