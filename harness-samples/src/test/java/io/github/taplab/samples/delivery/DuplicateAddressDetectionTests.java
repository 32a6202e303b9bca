package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.InterfaceIp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Before a station uses an IPv6 address it asks whether somebody has it (RFC 4862, 5.4). The question is a neighbour
 * solicitation to a multicast group that is made of the address's last 24 bits; who has the address has joined that
 * group, and answers to the group of all stations, which every interface joins by itself.
 *
 * <p>So a guest hears the answer to its own question in any case. The questions of others it hears only if the macvtap
 * has joined the address's group for it, and a macvtap follows its guest only with {@code trustGuestRxFilters}.
 */
@LabContainer(ipv6 = true)
@MacvtapVm(name = "trusted", trustGuestRxFilters = true)
@MacvtapVm(name = "untrusted")
@Order(502)
@DisplayName("5.2 IPv6 duplicate address detection through a macvtap")
class DuplicateAddressDetectionTests {

    @Test
    @Order(1)
    @DisplayName("a trusted guest that takes the client's address finds out, and does not use it")
    void trustedGuestFindsTheClient(@FromLab("trusted") Guest guest, Client client) {
        guestFindsTheClient(guest, client);
    }

    @Test
    @Order(2)
    @DisplayName("an untrusted one finds out too, since the answer goes to all stations")
    void untrustedGuestFindsTheClient(@FromLab("untrusted") Guest guest, Client client) {
        guestFindsTheClient(guest, client);
    }

    private static void guestFindsTheClient(Guest guest, Client client) {
        InterfaceIp clients = client.interfaceIp6();
        guest.addAddress(clients);
        try {
            eventually(() -> assertThat(guest).hasDuplicateAddress(clients.ip()));
            assertThat(client).hasUsableAddress(clients.ip());
        } finally {
            guest.removeAddress(clients);
        }
    }

    @Test
    @Order(3)
    @DisplayName("the client that takes a trusted guest's address finds out, since the macvtap passes the question on")
    void clientFindsATrustedGuest(@FromLab("trusted") Guest guest, Client client) {
        InterfaceIp guests = UnheardGroup.addressAt(guest, client);
        guest.addAddress(guests);
        eventually(() -> assertThat(guest).hasUsableAddress(guests.ip()));
        eventually(() -> assertThat(client.whoHas(guests.ip())).isAnsweredOnlyBy(guest.mac()));

        try {
            DuplicateDetection.assertFoundBy(client, guests);
        } finally {
            guest.removeAddress(guests);
        }
    }

    @Test
    @Order(4)
    @DisplayName("broken on purpose: a duplicate of an untrusted guest's address stays undetected, and both use it")
    void clientDoesNotFindAnUntrustedGuest(@FromLab("untrusted") Guest guest, Client client) {
        InterfaceIp guests = UnheardGroup.addressAt(guest, client);
        guest.addAddress(guests);
        eventually(() -> assertThat(guest).hasUsableAddress(guests.ip()));

        client.addAddress(guests);
        try {
            eventually(() -> assertThat(client).hasUsableAddress(guests.ip()));
            assertThat(guest).hasUsableAddress(guests.ip());
        } finally {
            client.removeAddress(guests);
            guest.removeAddress(guests);
        }
    }
}
