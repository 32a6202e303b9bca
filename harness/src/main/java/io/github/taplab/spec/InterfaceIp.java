package io.github.taplab.spec;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv6.IPv6Address;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An address of an interface with the length of its network prefix, as {@code ip addr add} takes it:
 * {@code 198.18.9.2/24}.
 *
 * @param ip the address itself, IPv4 or IPv6
 * @param prefixLength bits of the network part: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
@API(status = Status.STABLE, since = "0.1.0")
public record InterfaceIp(InetAddress ip, int prefixLength) {

    // The library's defaults take "" for the loopback address, "1" for 0.0.0.1 and 010 for 8.
    private static final IPAddressStringParameters LITERAL = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowPrefix(false)
            .allowMask(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .getParentBuilder()
            .toParams();

    public InterfaceIp {
        Given.check("an address of an interface", "ip", ip);
        int bits = ip.getAddress().length * 8;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    "The prefix length of %s is 0 to %d, found %d".formatted(text(ip), bits, prefixLength));
        }
    }

    /**
     * Reads {@code address/length}.
     *
     * @throws IllegalArgumentException if the text is anything else; a host name is never looked up
     */
    public static InterfaceIp of(String text) {
        Given.check("an address of an interface", "text", text);
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "%s has no prefix length: an address such as 198.18.9.2/24".formatted(Quoted.of(text)));
        }
        InetAddress ip = ip(text.substring(0, slash));
        try {
            return new InterfaceIp(ip, Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s has no number as prefix length: an address such as 198.18.9.2/24".formatted(Quoted.of(text)),
                    e);
        }
    }

    /**
     * Reads an IPv4 or IPv6 literal.
     *
     * @throws IllegalArgumentException if the text is anything else; a host name is never looked up
     */
    public static InetAddress ip(String text) {
        Given.check("an IP address", "text", text);
        IPAddressString literal = new IPAddressString(text, LITERAL);
        if (!literal.isIPAddress() || literal.getAddress().isMultiple()) {
            throw new IllegalArgumentException("%s is not an IP address".formatted(Quoted.of(text)));
        }
        return address(literal.getAddress());
    }

    /**
     * The address so many further on in the same network.
     *
     * @throws IllegalArgumentException if it is in another network, or there is none
     */
    public InterfaceIp plus(int offset) {
        IPAddress network = new IPAddressString(toString()).getAddress().toPrefixBlock();
        IPAddress own = new IPAddressString(text(ip)).getAddress();
        BigInteger inside = own.getValue()
                .add(BigInteger.valueOf(offset))
                .subtract(network.getLower().getValue());
        if (inside.signum() < 0 || inside.compareTo(network.getCount()) >= 0) {
            throw new IllegalArgumentException("%s plus %d is outside of its network".formatted(this, offset));
        }
        return new InterfaceIp(address(own.increment(offset)), prefixLength);
    }

    /** Writes an address as iproute2 prints it: IPv6 in the short form of RFC 5952, without a zone. */
    public static String text(InetAddress ip) {
        return ip instanceof Inet6Address ? new IPv6Address(ip.getAddress()).toCanonicalString() : ip.getHostAddress();
    }

    /** The plain address: the library's own conversion would carry the literal along as a host name. */
    static InetAddress address(IPAddress address) {
        try {
            return InetAddress.getByAddress(address.getBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of the wrong length: " + address, e);
        }
    }

    @Override
    public String toString() {
        return text(ip) + "/" + prefixLength;
    }
}
