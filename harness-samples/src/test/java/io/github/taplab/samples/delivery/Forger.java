package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Ports;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.delivery.PacketFilter.Chain;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Sends a client what a guest must not send, in the guest's place: out of its macvtap. */
final class Forger {

    private static final int ETHERNET_HEADER = 14;
    private static final int ETHERTYPE_PROVIDER_VLAN = 0x88a8;

    private final Guest guest;
    private final Client client;

    Forger(Guest guest, Client client) {
        this.guest = guest;
        this.client = client;
    }

    /** An empty datagram, whose addresses need not be true. */
    EthernetFrame datagram(InetAddress from, InetAddress to, Ports ports) {
        return EthernetFrame.udp(guest.mac(), from, client.mac(), to, ports);
    }

    /** Frames that say that the launcher's address is here, with a tag that has no VLAN: a customer's, a provider's. */
    List<EthernetFrame> taggedAnnouncementsOf(InetAddress ip) {
        EthernetFrame customers = EthernetFrame.gratuitousArp(guest.mac(), ip).withVlan(0);
        byte[] bytes = customers.bytes();
        byte[] behindType = Arrays.copyOfRange(bytes, ETHERNET_HEADER, bytes.length);
        return List.of(
                customers, EthernetFrame.of(guest.mac(), MacAddress.BROADCAST, ETHERTYPE_PROVIDER_VLAN, behindType));
    }

    static FrameKind datagramTo(int port) {
        return FrameKind.of(
                "datagram to port " + port,
                frame ->
                        frame.udp().filter(ports -> ports.destination() == port).isPresent());
    }

    /**
     * Asserts that a frame does not reach the client where a rule drops it, while what the guest itself sends does, and
     * that it reaches the client without the rule.
     *
     * @param rule which frames are dropped, in nft's words
     * @param kind tells the frame
     */
    @SuppressWarnings("try") // The rule is there as long as the block lasts.
    void isStoppedBy(String rule, EthernetFrame forged, FrameKind kind) {
        Launcher launcher = guest.launcher();
        String macvtap = guest.macvtap().name();
        try (PacketFilter filter = PacketFilter.on(launcher, "netdev", Chain.dropping("egress", macvtap, rule));
                Capture atClient = client.capture("eth0", "")) {
            // This sender is told. QEMU does not ask what became of a frame, and so the guest is not told.
            assertThatExceptionOfType(CommandFailedException.class)
                    .isThrownBy(() -> launcher.send(macvtap, forged))
                    .withMessageContaining("No buffer space available");
            assertThat(guest).reaches(client);
            atClient.assertNone(kind.toString(), kind::includes);
            assertThat(filter.counted("dropped")).isEqualTo(1);
        }
        try (Capture atClient = client.capture("eth0", "")) {
            launcher.send(macvtap, forged);
            atClient.await(kind.toString(), kind::includes);
        }
        // The client may have believed it.
        client.flushNeighbours();
    }

    /** Asserts that the client takes an announcement of the launcher's address for true. */
    void isBelieved(EthernetFrame announcement) {
        Launcher launcher = guest.launcher();
        assertThat(client).reaches(launcher.ip()).hasNeighbour(launcher.ip(), launcher.mac());
        launcher.send(guest.macvtap().name(), announcement);
        eventually(() -> assertThat(client).hasNeighbour(launcher.ip(), guest.mac()));
    }

    /**
     * {@link #isStoppedBy}, of a rule for one protocol. It does not see that behind a priority tag, so with one the
     * frame does reach the client.
     */
    @SuppressWarnings("try") // The rule is there as long as the block lasts.
    void isStoppedUntaggedBy(String rule, EthernetFrame forged, FrameKind kind) {
        isStoppedBy(rule, forged, kind);
        Launcher launcher = guest.launcher();
        String macvtap = guest.macvtap().name();
        try (PacketFilter filter = PacketFilter.on(launcher, "netdev", Chain.dropping("egress", macvtap, rule));
                Capture atClient = client.capture("eth0", "")) {
            launcher.send(macvtap, forged.withVlan(0));
            atClient.await(kind + " with a priority tag", kind::includes);
            assertThat(filter.counted("dropped")).isZero();
        }
        client.flushNeighbours();
    }
}
