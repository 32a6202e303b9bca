package io.github.taplab.capture;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * ARP for IPv4 over Ethernet (RFC 826).
 *
 * @param operation 1 asks, 2 answers
 * @param senderMac who sends
 * @param senderIp and with which address
 * @param targetMac in an answer, who asked; in a question, nothing of value
 * @param targetIp in a question, the address asked for
 */
@API(status = Status.STABLE, since = "0.1.0")
public record ArpPacket(
        int operation, MacAddress senderMac, InetAddress senderIp, MacAddress targetMac, InetAddress targetIp) {

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    /** Whether this asks who has the address. An {@linkplain #announces announcement} does not. */
    public boolean asksFor(InetAddress ip) {
        return operation == REQUEST && targetIp.equals(ip) && !announces(ip);
    }

    /** Whether this says that the sender has the address, also if nobody has asked. */
    public boolean answersFor(InetAddress ip) {
        return (operation == REPLY && senderIp.equals(ip)) || announces(ip);
    }

    /**
     * Whether this tells all stations that the sender has the address: it asks for it, or answers, to itself (RFC 5227,
     * 3).
     */
    public boolean announces(InetAddress ip) {
        return senderIp.equals(ip) && targetIp.equals(ip);
    }

    @Override
    public String toString() {
        if (senderIp.equals(targetIp)) {
            return "gratuitous ARP %s is at %s".formatted(InterfaceIp.text(senderIp), senderMac);
        }
        return switch (operation) {
            case REQUEST -> "ARP who has %s? tell %s".formatted(InterfaceIp.text(targetIp), InterfaceIp.text(senderIp));
            case REPLY -> "ARP %s is at %s".formatted(InterfaceIp.text(senderIp), senderMac);
            default -> "ARP operation " + operation;
        };
    }
}
