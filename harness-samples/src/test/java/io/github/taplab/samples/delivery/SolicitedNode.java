package io.github.taplab.samples.delivery;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * The multicast group in which IPv6 asks for one address: {@code ff02::1:ff00:0} and the address's last 24 bits (RFC
 * 4291, 2.7.1).
 */
final class SolicitedNode {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int LAST = 3;

    private SolicitedNode() {}

    /** The MAC address to which questions for an address are sent. */
    static MacAddress groupOf(InetAddress address) {
        byte[] group = InterfaceIp.ip("ff02::1:ff00:0").getAddress();
        byte[] bytes = address.getAddress();
        System.arraycopy(bytes, bytes.length - LAST, group, group.length - LAST, LAST);
        try {
            return MacAddress.ofGroup(InetAddress.getByAddress(group));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * An address which the guest does not have yet, and for which no question comes through its macvtap as yet. Nearly
     * every one will do. But the filter of a macvtap is a hash with 256 places (macvlan.c of the kernel,
     * {@code mc_hash}), and a group that shares its place with one that has been joined comes in by chance: a guest
     * with such an address would show nothing.
     */
    static InterfaceIp addressNobodyCanAskForYet(Guest guest, Client client) {
        InterfaceIp own = guest.interfaceIp6();
        return IntStream.rangeClosed(100, 107)
                .mapToObj(own::plus)
                .filter(address -> !comesThrough(groupOf(address.ip()), guest, client))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("The macvtap of " + guest + " takes in all groups that were tried"));
    }

    private static boolean comesThrough(MacAddress group, Guest guest, Client client) {
        String ofTheClient =
                "ether src %s and ether proto %d".formatted(client.mac(), EthernetFrame.ETHERTYPE_EXPERIMENTAL);
        try (Capture atMacvtap = guest.launcher().capture(guest.macvtap().name(), ofTheClient)) {
            client.send(EthernetFrame.probe(client.mac(), group));
            // A broadcast does come through, and when it has, the one before is not on its way any more.
            client.send(EthernetFrame.probe(client.mac(), MacAddress.BROADCAST));
            atMacvtap.await("the broadcast", frame -> frame.destination().equals(MacAddress.BROADCAST), SOON);
            return atMacvtap.frames().stream().map(Frame::destination).anyMatch(group::equals);
        }
    }
}
