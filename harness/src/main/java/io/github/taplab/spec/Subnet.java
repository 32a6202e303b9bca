package io.github.taplab.spec;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.math.BigInteger;
import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The IPv4 network of a lab, such as {@code 198.18.9.0/24}.
 *
 * @param network the lowest address, its host bits all zero
 * @param prefixLength 0 to 32
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Subnet(InetAddress network, int prefixLength) {

    /**
     * The range of all labs: 198.18.0.0/15, for benchmarks of network devices and never routed (RFC 2544, RFC 6890).
     */
    public static final Subnet LAB_RANGE = of("198.18.0.0/15");

    public Subnet {
        Given.check("a subnet", "network", network);
        IPAddress block = block(new InterfaceIp(network, prefixLength).ip(), prefixLength);
        if (!block.isIPv4()) {
            throw new IllegalArgumentException("A lab's subnet is IPv4, found " + InterfaceIp.text(network));
        }
        if (!block.isPrefixBlock()) {
            throw new IllegalArgumentException("%s/%d has host bits set, the network is %s"
                    .formatted(network.getHostAddress(), prefixLength, block.toPrefixBlock()));
        }
    }

    /**
     * Reads {@code network/length}.
     *
     * @throws IllegalArgumentException if the text is anything else, is IPv6, or has host bits set
     */
    public static Subnet of(String text) {
        InterfaceIp own = InterfaceIp.of(text);
        return new Subnet(own.ip(), own.prefixLength());
    }

    /**
     * The {@code n}th address, so that {@code host(1)} of 198.18.9.0/24 is 198.18.9.1.
     *
     * @throws IllegalArgumentException if that is the network or the broadcast address, or outside
     */
    public InetAddress host(int n) {
        if (n < 1 || n > size() - 2) {
            throw new IllegalArgumentException("%s has hosts 1 to %d, found %d".formatted(this, size() - 2, n));
        }
        return InterfaceIp.address(block(network, prefixLength).getLower().increment(n));
    }

    /** The {@code n}th host's address with this network's prefix length. */
    public InterfaceIp interfaceIp(int n) {
        return new InterfaceIp(host(n), prefixLength);
    }

    /** How many addresses the network has, the network and the broadcast address included. */
    public long size() {
        return 1L << (32 - prefixLength);
    }

    /** Whether the address lies in this network. */
    public boolean contains(InetAddress ip) {
        return block(network, prefixLength).contains(new IPAddressString(ip.getHostAddress()).getAddress());
    }

    /** Whether every address of the other network lies in this one. */
    public boolean contains(Subnet other) {
        return block(network, prefixLength).contains(block(other.network, other.prefixLength));
    }

    /**
     * The {@code index}th part of this network where it is cut into parts of the given length.
     *
     * @throws IllegalArgumentException if the parts are larger than the whole, or the index is outside
     */
    public Subnet part(int partLength, int index) {
        if (partLength < prefixLength || partLength > 32 || index < 0 || index >= 1L << (partLength - prefixLength)) {
            throw new IllegalArgumentException("%s has no part %d of length /%d".formatted(this, index, partLength));
        }
        BigInteger offset = BigInteger.valueOf(index).shiftLeft(32 - partLength);
        IPAddress lowest = block(network, prefixLength).getLower().withoutPrefixLength();
        return new Subnet(InterfaceIp.address(lowest.increment(offset.longValueExact())), partLength);
    }

    private static IPAddress block(InetAddress network, int prefixLength) {
        return new IPAddressString(network.getHostAddress() + "/" + prefixLength).getAddress();
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }
}
