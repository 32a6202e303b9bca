package io.github.taplab.spec;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An Ethernet (MAC) address: 48 bits, written as six hexadecimal octets.
 *
 * <p>Equality is by value, so {@code 02-9E-12-09-00-01} and {@code 02:9e:12:09:00:01} are the same address.
 *
 * @param bits the address as a number, the first octet being the most significant; at most 48 bits
 */
@API(status = Status.STABLE, since = "0.1.0")
public record MacAddress(long bits) implements Comparable<MacAddress> {

    /** Where frames for all stations go. */
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    private static final Pattern SIX_OCTETS = Pattern.compile("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}");
    // The two lowest bits of the first octet (IEEE 802-2014, 8.2.2).
    private static final long GROUP_BIT = 1L << 40;
    private static final long LOCAL_BIT = 1L << 41;

    private static final long IPV4_GROUPS = 0x0100_5e00_0000L;
    private static final long IPV4_GROUP = (1L << 23) - 1;
    private static final long IPV6_GROUPS = 0x3333_0000_0000L;

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("A MAC address has 48 bits, found 0x%x".formatted(bits));
        }
    }

    /**
     * Reads six octets separated by colons or hyphens.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static MacAddress of(String text) {
        Given.check("a MAC address", "text", text);
        if (!SIX_OCTETS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "%s is not a MAC address: six hexadecimal octets such as 02:9e:12:09:00:01"
                            .formatted(Quoted.of(text)));
        }
        return new MacAddress(Long.parseLong(text.replaceAll("[:-]", ""), 16));
    }

    /** The address made of six octets, each from 0 to 255. */
    public static MacAddress ofOctets(int... octets) {
        if (octets.length != 6) {
            throw new IllegalArgumentException("A MAC address has 6 octets, found " + octets.length);
        }
        long bits = 0;
        for (int octet : octets) {
            if (octet < 0 || octet > 255) {
                throw new IllegalArgumentException("An octet is 0 to 255, found " + octet);
            }
            bits = bits << 8 | octet;
        }
        return new MacAddress(bits);
    }

    /**
     * The address to which Ethernet sends a multicast group's packets: the group's last 23 bits behind {@code 01:00:5e}
     * for IPv4 (RFC 1112, 6.4), its last 32 bits behind {@code 33:33} for IPv6 (RFC 2464, 7). Several groups so share
     * one.
     *
     * @throws IllegalArgumentException if the address is no group's
     */
    public static MacAddress ofGroup(InetAddress group) {
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException(
                    "%s is no multicast group: 224.0.0.0/4 or ff00::/8".formatted(InterfaceIp.text(group)));
        }
        byte[] ip = group.getAddress();
        long last = Integer.toUnsignedLong(ByteBuffer.wrap(ip).getInt(ip.length - Integer.BYTES));
        return new MacAddress(group instanceof Inet4Address ? IPV4_GROUPS | (last & IPV4_GROUP) : IPV6_GROUPS | last);
    }

    /** Whether this is a group address (broadcast included), which no interface may have as its own. */
    public boolean isMulticast() {
        return (bits & GROUP_BIT) != 0;
    }

    /** Whether the address is administered locally, that is, from no vendor's range. */
    public boolean isLocallyAdministered() {
        return (bits & LOCAL_BIT) != 0;
    }

    /** The address that differs from this one in the last octet only; a second one for the same interface. */
    public MacAddress sibling() {
        return new MacAddress(bits ^ 0x80);
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    /** Lower case, separated by colons, as iproute2 and libvirt print it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(String.format(Locale.ROOT, "%02x", bits >> shift & 0xff));
            if (shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }
}
