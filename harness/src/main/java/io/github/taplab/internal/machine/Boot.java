package io.github.taplab.internal.machine;

import io.github.taplab.spec.Firmware;
import java.util.Optional;

/** What a machine boots from. */
public sealed interface Boot {

    /**
     * A kernel that QEMU loads itself.
     *
     * @param kernel path in the launcher
     * @param initrd path in the launcher
     * @param cmdline kernel command line
     */
    record Kernel(String kernel, String initrd, String cmdline) implements Boot {}

    /**
     * A disk with a boot loader of its own.
     *
     * @param overlay qcow2 file in the launcher, on top of an image that is never written
     * @param seed volume for cloud-init in the launcher; empty: the guest has none
     */
    record Disk(String overlay, Optional<String> seed, Firmware firmware) implements Boot {

        /** Where a machine with UEFI has its variables, beside the overlay. */
        public String variables() {
            return overlay.replaceFirst("\\.qcow2$", "") + "-variables.fd";
        }
    }
}
