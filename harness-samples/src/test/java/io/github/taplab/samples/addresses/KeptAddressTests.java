package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Linux answers ARP on each interface for an address on any, with {@code arp_ignore = 0}, which is the default. */
@LabContainer
@MacvtapVm
@Order(308)
@DisplayName("3.8 A container that has moved its address to lo has not given it up")
@Question(
        value = "Can a stale neighbour entry last for ever?",
        answer = "Yes, as long as the old MAC address answers: a container that has the address on any interface does,"
                + " and each answer confirms the entry",
        asked = {"https://github.com/moby/moby/issues/36069", "https://github.com/kubevirt/kubevirt/pull/4552"})
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class KeptAddressTests {

    private static final Duration LATEST = Duration.ofSeconds(20);

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("broken on purpose: it goes on answering the client's doubts, and the guest gets nothing")
    void itGoesOnAnswering() {
        InterfaceIp moved = launcher.interfaceIp().plus(100);
        InetAddress ip = moved.ip();
        client.run("ip", "ntable", "change", "name", "arp_cache", "dev", client.nic(), "base_reachable", "1000");
        launcher.addAddress(moved);
        assertThat(client).reaches(ip).hasNeighbour(ip, launcher.mac());

        launcher.removeAddress(moved);
        launcher.run("ip", "address", "add", InterfaceIp.text(ip), "dev", "lo");
        guest.addAddress(moved);
        try (Capture atClient = client.capture(client.nic(), "arp")) {
            assertThat(client).reaches(ip);
            Frame doubt = atClient.await("the client's doubt", frame -> frame.asksFor(ip), LATEST);
            assertThat(doubt.destination()).isEqualTo(launcher.mac());
            atClient.await("the container's answer", frame -> frame.answersFor(ip));
            assertThat(client).reaches(ip).hasNeighbour(ip, launcher.mac());
        }
    }

    @Test
    @Order(2)
    @DisplayName("deleted on lo as well, it is the guest's alone")
    void deletedItIsTheGuests() {
        InetAddress ip = launcher.interfaceIp().plus(100).ip();
        assertThat(client.whoHas(ip)).isAnsweredOnlyBy(launcher.mac(), guest.mac());

        launcher.run("ip", "address", "delete", InterfaceIp.text(ip) + "/32", "dev", "lo");
        assertThat(client.whoHas(ip)).isAnsweredOnlyBy(guest.mac());
        client.flushNeighbours();
        assertThat(client).reaches(ip).hasNeighbour(ip, guest.mac());
    }
}
