package io.github.taplab.internal.lab;

import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Subnet;

/**
 * The MAC addresses of a lab, made to be read in a capture: {@code 02:1a:12:09:00:02} is locally administered (02), a
 * launcher (1a), of the network 198.18.9.0 (12:09 in hexadecimal), host 2.
 */
enum LabMacs {
    LAUNCHER(0x1a),
    CLIENT(0xc1),
    GATEWAY(0x6a),
    GUEST(0x9e);

    private static final int LOCALLY_ADMINISTERED = 0x02;

    private final int role;

    LabMacs(int role) {
        this.role = role;
    }

    MacAddress of(Subnet subnet, int host) {
        byte[] network = subnet.network().getAddress();
        return MacAddress.ofOctets(
                LOCALLY_ADMINISTERED, role, octet(network[1]), octet(network[2]), host >> 8, octet((byte) host));
    }

    private static int octet(byte value) {
        return Byte.toUnsignedInt(value);
    }
}
