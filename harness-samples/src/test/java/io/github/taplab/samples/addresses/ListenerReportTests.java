package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.node.Delivery.TO_GUEST;
import static io.github.taplab.node.Delivery.TO_PARENT;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.samples.Question;
import io.github.taplab.samples.delivery.SolicitedNode;
import io.github.taplab.samples.delivery.UnheardGroup;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Multicast listener discovery (MLD, RFC 3810): who wants a group's frames tells the routers and switches. */
@LabContainer(ipv6 = true)
@MacvtapVm(name = "trusted", trustGuestRxFilters = true)
@MacvtapVm(name = "untrusted")
@Order(314)
@DisplayName("3.14 MLD: an untrusted guest's reports go out, and what it asks for does not come in")
@Question(
        value = "The switch sends a group's frames to the macvtap's parent; why does the guest not get them?",
        answer = "Its report passes the macvtap like any frame, but the macvtap itself joins the group only with"
                + " trustGuestRxFilters")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class ListenerReportTests {

    @FromLab
    Lab lab;

    @FromLab("trusted")
    Guest trusted;

    @FromLab("untrusted")
    Guest untrusted;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("a trusted guest reports the group of its new address, and gets that group's frames")
    void aTrustedGuest() {
        MacAddress group = reportedGroup(trusted);
        eventually(() -> assertThat(client.deliver(group, trusted)).isEqualTo(TO_GUEST));
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: an untrusted one reports it in the same way, and gets none")
    void anUntrustedGuest() {
        MacAddress group = reportedGroup(untrusted);
        assertThat(client.deliver(group, untrusted)).isEqualTo(TO_PARENT);
    }

    private MacAddress reportedGroup(Guest guest) {
        InterfaceIp address = UnheardGroup.addressAt(guest, client);
        MacAddress group = SolicitedNode.groupOf(address.ip());
        Traffic seen = lab.trafficOf(() -> {
            guest.addAddress(address);
            eventually(() -> assertThat(guest).hasUsableAddress(address.ip()));
        });
        assertThat(seen.sightings())
                .filteredOn(sighting -> sighting.node().equals(client.name()))
                .filteredOn(sighting -> sighting.frame().source().equals(guest.mac()))
                .anyMatch(sighting -> ListenerDiscovery.isReportOf(group, sighting));
        return group;
    }

    @Test
    @Order(3)
    @DisplayName("a router's question for listeners, which is for all stations, comes to both, and both answer")
    void bothAnswerARouter() {
        List<Guest> guests = List.of(trusted, untrusted);
        try (Capture atClient = client.capture(client.nic(), "icmp6 or ip6 proto 0")) {
            client.send(ListenerDiscovery.query(client));
            for (Guest guest : guests) {
                atClient.await(
                        "a report of " + guest.name(),
                        frame -> frame.source().equals(guest.mac()) && ListenerDiscovery.isReport(frame));
            }
        }
    }
}
