package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.GuestAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

// tag::first-spec[]
@LabContainer
@MacvtapVm(address = GuestAddress.NONE)
// end::first-spec[]
@Order(103)
@Tag("story")
@EachAttachment
@Question(
        value = "Why is SSH to a guest on a macvtap refused when it has the address of its container?",
        answer =
                "Both answer for the address, and the client talks to the container, which has no SSH server; without the container's address SSH works",
        asked = "https://github.com/kata-containers/runtime/issues/1808")
@DisplayName("1.3 One IP address on container and guest")
// tag::first-spec[]
class DuplicateIpTests {

    @Test
    // end::first-spec[]
    @DisplayName("two MAC addresses answer for it and the container refuses SSH, until the container gives it up")
    // tag::first-spec[]
    void sameIpOnContainerAndGuestBreaksSsh(Launcher launcher, Guest guest, Client client) {
        guest.copyAddressFrom(launcher); // ip addr add, ip route add default
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(launcher.mac(), guest.mac());
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isRefusedBy(launcher.mac());

        launcher.removeAddress(); // ip addr del … dev eth0
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isConnected();
    }
}
// end::first-spec[]
