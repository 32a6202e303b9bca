package io.github.taplab.internal.address;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Subnet;
import java.net.InetAddress;

/**
 * The addresses of a lab's stations, made to be read in a capture. For host 2 of 198.18.9.0/24, a launcher:
 *
 * <ul>
 *   <li>{@code 02:1a:12:09:00:02}: locally administered, launcher (1a), the network's 18.9 in hexadecimal, host 2
 *   <li>{@code fd74:6170:6c62:1209::2}: a unique local address (RFC 4193), "taplb", the network, host 2
 * </ul>
 *
 * <p>Those of guests have no number of a network: a guest that goes on from a snapshot has the address that it had
 * there, in whatever lab. {@link AnyNetwork} knows the same forms in texts.
 */
public record LabAddresses(Subnet subnet) {

    /** Of which the networks behind gateways are parts: for documentation, and never routed (TEST-NET-3, RFC 5737). */
    public static final Subnet WAN_RANGE = Subnet.of("203.0.113.0/24");

    /** How large a part. */
    public static final int WAN_PREFIX_LENGTH = 29;

    /** What the IPv6 addresses of all labs have in common. */
    static final String IPV6 = "fd74:6170:6c62:";

    private static final int LOCALLY_ADMINISTERED = 0x02;
    private static final int GUEST = 0x9e;

    /** What a station is, as the second octet of its MAC address. */
    public enum Role {
        LAUNCHER(0x1a),
        CLIENT(0xc1),
        GATEWAY(0x6a),
        INTERNET(0xeb);

        private final int octet;

        Role(int octet) {
            this.octet = octet;
        }

        /** As it is written in an address. */
        String hex() {
            return "%02x".formatted(octet);
        }
    }

    /** The IPv4 address of a host. */
    public InetAddress ip(int host) {
        return subnet.host(host);
    }

    /** The same as its interface has it. */
    public InterfaceIp ipv4(int host) {
        return subnet.interfaceIp(host);
    }

    /** The IPv6 address of a host. */
    public InterfaceIp ipv6(int host) {
        return InterfaceIp.of((IPV6 + "%02x%02x::%x/64").formatted(networkOctet(1), networkOctet(2), host));
    }

    /** The MAC address of a guest's NIC. */
    public static MacAddress guestMac(int host) {
        return MacAddress.ofOctets(LOCALLY_ADMINISTERED, GUEST, 0, 0, host >> 8, host & 0xff);
    }

    /** The MAC address of a station that is no guest. */
    public MacAddress mac(Role role, int host) {
        return MacAddress.ofOctets(
                LOCALLY_ADMINISTERED, role.octet, networkOctet(1), networkOctet(2), host >> 8, host & 0xff);
    }

    private int networkOctet(int index) {
        return Byte.toUnsignedInt(subnet.network().getAddress()[index]);
    }
}
