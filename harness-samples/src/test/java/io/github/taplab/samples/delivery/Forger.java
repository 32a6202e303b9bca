package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
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
import java.net.InetAddress;

/** Sends a client what a guest must not send, in the guest's place: out of its macvtap. */
final class Forger {

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
}
