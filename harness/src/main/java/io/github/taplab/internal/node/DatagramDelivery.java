package io.github.taplab.internal.node;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.Ports;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.ContainerNode;
import io.github.taplab.node.Delivery;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A datagram on its way into a guest, in a frame to whatever MAC address. */
final class DatagramDelivery {

    // The port is discard's, on which nobody listens: then the kernel counts the datagram and does nothing more.
    private static final Ports PORTS = new Ports(40_000, 9);
    private static final Duration COUNTED = Duration.ofSeconds(5);

    private DatagramDelivery() {}

    /** Sends it and follows it. */
    static Delivery of(ContainerNode sender, MacAddress destination, Guest guest) {
        MacAddress from = sender.mac();
        EthernetFrame datagram = EthernetFrame.udp(from, sender.ip(), destination, guest.ip(), PORTS);
        long counted = unheardDatagrams(guest);
        String sent = "ether src " + from;
        try (Capture atParent =
                        guest.launcher().capture(guest.launcher().parent().name(), sent);
                Capture atMacvtap = guest.launcher().capture(guest.macvtap().name(), sent)) {
            sender.send(datagram);
            // Sent later, and known to come in: then the datagram is not on its way any more.
            sender.send(EthernetFrame.probe(from, MacAddress.BROADCAST));
            Predicate<Frame> isDatagram = frame ->
                    frame.destination().equals(destination) && frame.udp().equals(Optional.of(PORTS));
            atParent.await("the datagram to " + destination, isDatagram);
            atMacvtap.await(
                    "the broadcast that was sent after it",
                    frame -> frame.etherType() == EthernetFrame.ETHERTYPE_EXPERIMENTAL);
            if (atMacvtap.frames().stream().noneMatch(isDatagram)) {
                return Delivery.TO_PARENT;
            }
        }
        return isCounted(guest, counted) ? Delivery.TO_GUEST : Delivery.TO_MACVTAP;
    }

    private static boolean isCounted(Guest guest, long before) {
        try {
            Waiting.until(
                    "%s counts the datagram".formatted(guest.name()),
                    COUNTED,
                    () -> unheardDatagrams(guest),
                    now -> now > before);
            return true;
        } catch (DeadlineExceededException e) {
            return false;
        }
    }

    /** How many datagrams came for ports on which nobody listens ({@code snmp_counter}, UdpNoPorts). */
    static long unheardDatagrams(Shell guest) {
        // Two lines start with "Udp:": the names of the counters, and their values.
        List<List<String>> udp = guest.run("cat", "/proc/net/snmp")
                .stdout()
                .lines()
                .filter(line -> line.startsWith("Udp:"))
                .map(line -> List.of(line.split(" ", -1)))
                .toList();
        int counter = udp.isEmpty() ? -1 : udp.get(0).indexOf("NoPorts");
        if (udp.size() != 2 || counter < 0 || counter >= udp.get(1).size()) {
            throw new IllegalStateException("/proc/net/snmp has no counter NoPorts of UDP: " + udp);
        }
        return Long.parseLong(udp.get(1).get(counter));
    }
}
