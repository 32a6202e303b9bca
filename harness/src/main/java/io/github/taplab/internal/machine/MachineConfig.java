package io.github.taplab.internal.machine;

import io.github.taplab.spec.GuestSpec;
import java.util.List;

/**
 * Everything a virtual machine is made of.
 *
 * @param guest what the user declared
 * @param nics its NICs, eth0 first
 * @param kvm whether the host's KVM works; otherwise TCG, an emulation
 * @param boot what it boots from
 * @param consoleLog where the serial console is written, in the launcher
 */
public record MachineConfig(GuestSpec guest, List<NicConfig> nics, boolean kvm, Boot boot, String consoleLog) {

    public MachineConfig {
        nics = List.copyOf(nics);
    }

    public String name() {
        return guest.name();
    }
}
