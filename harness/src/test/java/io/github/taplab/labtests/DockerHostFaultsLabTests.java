package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.Impairment;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The Docker host can stand in a lab, but it is not the lab's to break. */
@LabContainer(gateway = GatewayPlace.DOCKER_HOST)
class DockerHostFaultsLabTests {

    @Test
    void theDockerHostIsNotBroken(Gateway host, Client client) {
        List<Supplier<Undo>> faults = List.of(
                () -> host.takeDown(host.nic()),
                () -> host.setMtu(host.nic(), 1400),
                () -> host.spoofMac(host.mac().sibling()),
                () -> host.partitionFrom(client),
                () -> client.partitionFrom(host),
                () -> host.impair(Impairment.loss(10)),
                host::suppressNeighbourAnswers,
                () -> host.forgeArpAnswers(client.ip(), host.mac()),
                () -> host.setStaleNeighbour(client.ip(), client.mac().sibling()));

        for (Supplier<Undo> fault : faults) {
            assertThatThrownBy(fault::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("gateway is the Docker host itself:"
                            + " a fault there would outlive a test run that is killed");
        }
        assertThat(host.link(host.nic())).isUp();
        assertThat(client).reaches(host.ip());
    }

    @Test
    void theDockerHostIsNotPluggedIn(Gateway host) {
        List<Supplier<Undo>> switches = List.of(host::enableHairpin, host::unplugCable);

        for (Supplier<Undo> onPort : switches) {
            assertThatThrownBy(onPort::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("gateway is the Docker host, and so the switch itself:"
                            + " it is not plugged into a port of it");
        }
    }
}
