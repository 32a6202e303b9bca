package io.github.taplab.samples.delivery;

import io.github.taplab.node.Client;
import io.github.taplab.node.Delivery;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.util.stream.LongStream;

/**
 * What does not get in by chance. The filter of a macvtap is a hash with 256 places: it also lets groups pass that
 * share the place of one that was joined (macvlan.c of the kernel, {@code mc_hash}). Nearly every group will do; a spec
 * with one of the others would show nothing.
 */
public final class UnheardGroup {

    private static final long GROUP_BIT = 1L << 40;
    private static final int TRIES = 8;

    private UnheardGroup() {}

    /** A group whose frames the guest's macvtap does not take in yet. */
    public static MacAddress at(Guest guest, Client client) {
        long own = client.mac().bits() | GROUP_BIT;
        return LongStream.range(0, TRIES)
                .mapToObj(n -> new MacAddress(own ^ n))
                .filter(group -> isUnheard(group, guest, client))
                .findFirst()
                .orElseThrow(() -> tookAll(guest));
    }

    /** An IPv6 address which the guest does not have yet, and of which its macvtap takes in no question yet. */
    public static InterfaceIp addressAt(Guest guest, Client client) {
        InterfaceIp own = guest.interfaceIp6();
        return LongStream.range(0, TRIES)
                // Not in steps of one: guests' own addresses follow each other, and so would be two that are found.
                .mapToObj(n -> own.plus(100 * (1 + (int) n)))
                .filter(address -> isUnheard(SolicitedNode.groupOf(address.ip()), guest, client))
                .findFirst()
                .orElseThrow(() -> tookAll(guest));
    }

    private static boolean isUnheard(MacAddress group, Guest guest, Client client) {
        return client.deliver(group, guest) == Delivery.TO_PARENT;
    }

    private static AssertionError tookAll(Guest guest) {
        return new AssertionError("The macvtap of %s takes in all %d groups that were tried".formatted(guest, TRIES));
    }
}
