package io.github.taplab.samples.delivery;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The multicast group in which IPv6 asks for one address: {@code ff02::1:ff00:0} and the address's last 24 bits (RFC
 * 4291, 2.7.1).
 */
public final class SolicitedNode {

    private static final int LAST = 3;

    private SolicitedNode() {}

    /** The MAC address to which questions for an address are sent. */
    public static MacAddress groupOf(InetAddress address) {
        byte[] group = InterfaceIp.ip("ff02::1:ff00:0").getAddress();
        byte[] bytes = address.getAddress();
        System.arraycopy(bytes, bytes.length - LAST, group, group.length - LAST, LAST);
        try {
            return MacAddress.ofGroup(InetAddress.getByAddress(group));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
