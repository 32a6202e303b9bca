package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A guest's NIC: a macvtap on the launcher's parent interface.
 *
 * @param mode how the macvtap deals with its neighbours
 * @param address what the NIC has when the first test starts
 * @param mac of the NIC and the macvtap; empty: one that the lab chooses
 * @param trustGuestRxFilters whether the macvtap follows when the guest changes its MAC address or its multicast list
 *     (libvirt's attribute of the same name)
 */
public record NicSpec(MacvtapMode mode, GuestAddress address, Optional<MacAddress> mac, boolean trustGuestRxFilters) {

    /** What {@code @MacvtapVm} gives where nothing is said. */
    public static final NicSpec DEFAULT = new NicSpec(MacvtapMode.BRIDGE, GuestAddress.OWN, Optional.empty(), false);

    /**
     * Checks the NIC.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public NicSpec {
        List<String> problems = new ArrayList<>();
        mac.ifPresent(given -> {
            if (given.isMulticast()) {
                problems.add(
                        "mac = \"%s\" is a multicast address, an interface needs a unicast one: clear the lowest bit of the first octet"
                                .formatted(given));
            } else if (given.bits() == 0) {
                problems.add("mac = \"%s\" is no station's address".formatted(given));
            }
        });
        InvalidSpecException.throwIfAny(problems);
    }

    public NicSpec withMode(MacvtapMode newMode) {
        return new NicSpec(newMode, address, mac, trustGuestRxFilters);
    }

    public NicSpec withAddress(GuestAddress newAddress) {
        return new NicSpec(mode, newAddress, mac, trustGuestRxFilters);
    }

    public NicSpec withMac(MacAddress newMac) {
        return new NicSpec(mode, address, Optional.of(newMac), trustGuestRxFilters);
    }

    public NicSpec withTrustGuestRxFilters(boolean trust) {
        return new NicSpec(mode, address, mac, trust);
    }
}
