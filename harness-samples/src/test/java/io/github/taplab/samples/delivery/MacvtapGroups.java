package io.github.taplab.samples.delivery;

import io.github.taplab.node.Guest;
import io.github.taplab.spec.MacAddress;
import java.util.List;

/** The multicast groups that a guest's macvtap has joined, in its launcher. */
final class MacvtapGroups {

    private MacvtapGroups() {}

    static List<MacAddress> of(Guest guest) {
        return guest.launcher().groups(guest.macvtap().name());
    }
}
