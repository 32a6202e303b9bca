package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * An announcement corrects what somebody believes, and tells nobody anything new. IPv6's says in a flag whether it is
 * meant to override what the receiver has (RFC 4861, 7.2.5); one of a station that stands in for another is not.
 */
@LabContainer(ipv6 = true)
@MacvtapVm(trustGuestRxFilters = true)
@Order(309)
@DisplayName("3.9 Announcements that nobody heeds")
@Question(
        value = "Why does an announcement (gratuitous ARP, unsolicited neighbour advertisement) change nothing?",
        answer = "Because the receiver has no entry for the address, or because the advertisement's override flag is"
                + " clear: then the entry keeps its MAC address and is only doubted")
@SuppressWarnings("NullAway.Init") // The lab and the set-up set the fields.
class IgnoredAnnouncementTests {

    private static final int ETHERNET_HEADER = 14;
    private static final int CHECKSUM = 42;
    private static final int FLAGS = 44;
    private static final int OVERRIDE = 0x2000;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    private InetAddress ip4;
    private InetAddress ip6;
    private MacAddress other;

    @BeforeEach
    void ask() {
        ip4 = guest.ip();
        ip6 = guest.ip6();
        other = guest.mac().sibling();
        guest.flushNeighbours(); // It asks again some time after a ping, and that would make an entry.
        client.flushNeighbours();
    }

    @Test
    @Order(1)
    @DisplayName("whoever has an entry changes it, by ARP and by an advertisement that overrides")
    void whoeverHasAnEntryChangesIt() {
        assertThat(client).reaches(ip4).reaches(ip6);
        guest.flushNeighbours(); // Its doubt of the client would change the entry back.

        announce(EthernetFrame.gratuitousArp(other, ip4), ip4);
        announce(EthernetFrame.neighbourAdvertisement(other, ip6), ip6);
        eventually(() -> assertThat(client).hasNeighbour(ip4, other).hasNeighbour(ip6, other));
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: whoever has none makes none, so the next packet has to ask in any case")
    void whoeverHasNoneMakesNone() {
        announce(EthernetFrame.gratuitousArp(guest.mac(), ip4), ip4);
        announce(EthernetFrame.neighbourAdvertisement(guest.mac(), ip6), ip6);
        assertThat(client).hasNoNeighbour(ip4).hasNoNeighbour(ip6);
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: with the override flag clear the entry keeps its MAC address, and is doubted")
    void withoutTheOverrideFlagTheEntryStays() {
        assertThat(client).reaches(ip6).hasNeighbour(ip6, guest.mac());
        announce(withoutOverride(EthernetFrame.neighbourAdvertisement(other, ip6)), ip6);
        // That it was heard, and is no broken packet, shows in the state: the entry was REACHABLE before.
        eventually(() -> assertThat(client.neighbours())
                .filteredOn(entry -> entry.ip().equals(ip6))
                .singleElement()
                .satisfies(entry -> assertThat(entry.states()).contains("STALE")));
        assertThat(client).hasNeighbour(ip6, guest.mac()).reaches(ip6).hasNeighbour(ip6, guest.mac());
    }

    /** From the macvtap, in the place of the guest; over when it has come to the client. */
    private void announce(EthernetFrame announcement, InetAddress ip) {
        try (Capture atClient = client.capture(client.nic(), "arp or icmp6")) {
            guest.launcher().send(guest.macvtap().name(), announcement);
            atClient.await("the announcement", frame -> isAnnouncement(frame, ip));
        }
    }

    private static boolean isAnnouncement(Frame frame, InetAddress ip) {
        return frame.destination().isMulticast() && frame.answersFor(ip);
    }

    /** The same advertisement with the flag clear; what its checksum is made of is less by as much. */
    private static EthernetFrame withoutOverride(EthernetFrame advertisement) {
        byte[] bytes = advertisement.bytes();
        ByteBuffer packet = ByteBuffer.wrap(Arrays.copyOfRange(bytes, ETHERNET_HEADER, bytes.length));
        int sum = Short.toUnsignedInt(packet.getShort(CHECKSUM)) + OVERRIDE;
        packet.putShort(CHECKSUM, (short) (sum + (sum >> 16))).putShort(FLAGS, (short) 0);
        return EthernetFrame.of(
                advertisement.source(), advertisement.destination(), advertisement.etherType(), packet.array());
    }
}
