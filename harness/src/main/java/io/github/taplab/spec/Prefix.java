package io.github.taplab.spec;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A network as a routing table names it, such as {@code 203.0.113.0/24} or {@code 2001:db8::/32}.
 *
 * @param network the lowest address, its host bits all zero, IPv4 or IPv6
 * @param length 0 to 32 for IPv4, 0 to 128 for IPv6; 0: all addresses, where a default route leads
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Prefix(InetAddress network, int length) {

    /** Where IPv4's default route leads. */
    public static final Prefix ALL_IPV4 = of("0.0.0.0/0");
    /** Where IPv6's default route leads. */
    public static final Prefix ALL_IPV6 = of("::/0");

    public Prefix {
        Given.check("a network", "network", network);
        InterfaceIp lowest = new InterfaceIp(network, length);
        IPAddress block = new IPAddressString(lowest.toString()).getAddress();
        if (!block.isPrefixBlock() && length < network.getAddress().length * 8) {
            throw new IllegalArgumentException("%s has host bits set, the network is %s"
                    .formatted(
                            lowest,
                            new InterfaceIp(
                                    InterfaceIp.address(
                                            block.toPrefixBlock().getLower().withoutPrefixLength()),
                                    length)));
        }
    }

    /**
     * Reads {@code network/length}.
     *
     * @throws IllegalArgumentException if the text is anything else, or has host bits set
     */
    public static Prefix of(String text) {
        InterfaceIp lowest = InterfaceIp.of(text);
        return new Prefix(lowest.ip(), lowest.prefixLength());
    }

    public boolean isIpv4() {
        return network instanceof Inet4Address;
    }

    /** Whether it has all addresses of its family. */
    public boolean isAll() {
        return length == 0;
    }

    @Override
    public String toString() {
        return InterfaceIp.text(network) + "/" + length;
    }
}
