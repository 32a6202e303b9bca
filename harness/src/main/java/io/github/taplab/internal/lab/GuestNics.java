package io.github.taplab.internal.lab;

import io.github.taplab.internal.address.LabAddresses;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.NicSpec;
import java.util.ArrayList;
import java.util.List;

/** Decides what the specs of a guest's NICs leave open. */
final class GuestNics {

    private GuestNics() {}

    /**
     * The NICs of a guest.
     *
     * @param firstHost host number of the first
     */
    static List<NicConfig> of(GuestSpec guest, int firstHost, HostFacts facts) {
        List<NicConfig> nics = new ArrayList<>();
        for (NicSpec nic : guest.nics()) {
            int host = firstHost + nics.size();
            nics.add(new NicConfig(
                    nic,
                    nics.size(),
                    nic.mac().orElseGet(() -> LabAddresses.guestMac(host)),
                    LauncherBridge.under(guest),
                    "mvtap" + host,
                    facts.movesFramesOf(nic)));
        }
        return nics;
    }
}
