package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.node.Client;
import io.github.taplab.spec.InterfaceIp;

/**
 * How long a container's kernel listens for another owner before it uses an IPv6 address: as long as between two
 * questions, 1 s (RFC 4862, 5.4; RFC 4861, RetransTimer).
 */
public final class DuplicateDetection {

    private static final int USUAL = 1000;
    // An emulated guest on a busy machine may need more than a second to answer.
    private static final int LONGER = 4000;

    private DuplicateDetection() {}

    /** Asserts that a client which takes an address finds out that a guest has it. */
    public static void assertFoundBy(Client client, InterfaceIp address) {
        listen(client, LONGER);
        client.addAddress(address);
        try {
            eventually(() -> assertThat(client).hasDuplicateAddress(address.ip()));
        } finally {
            client.removeAddress(address);
            listen(client, USUAL);
        }
    }

    private static void listen(Client client, int milliseconds) {
        String retrans = Integer.toString(milliseconds);
        client.run("ip", "ntable", "change", "name", "ndisc_cache", "dev", client.nic(), "retrans", retrans);
    }
}
