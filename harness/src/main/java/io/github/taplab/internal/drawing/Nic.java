package io.github.taplab.internal.drawing;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * An interface of a station with its cable.
 *
 * @param link its name, such as {@code eth0}
 * @param network where the cable leads
 * @param broken why nothing passes the cable, such as {@code no carrier}; empty where it is whole
 * @param macvtap of a guest, the other end of the cable
 */
public record Nic(
        String link,
        MacAddress mac,
        List<InterfaceIp> ips,
        Network network,
        Optional<String> broken,
        Optional<Macvtap> macvtap) {

    /** The two networks of a lab, and what is a launcher's own: its bridge has no cable. */
    public enum Network {
        LAB,
        WAN,
        INSIDE
    }

    /**
     * A guest's end in its launcher.
     *
     * @param link its name, such as {@code macvtap0}
     * @param launcher that it is in
     * @param parent under it, such as {@code eth0}; of a tap the bridge
     * @param mode as the kernel calls it; empty of a tap on a bridge
     * @param broken why nothing passes it, such as {@code no carrier}; empty where it is whole
     */
    public record Macvtap(
            String link, String launcher, String parent, String mode, MacAddress mac, Optional<String> broken) {

        /** Whether it is a tap on a bridge. */
        public boolean isTap() {
            return mode.isEmpty();
        }

        /** What it hangs on, in words. */
        String place() {
            return isTap() ? parent : "%s, %s".formatted(parent, mode);
        }
    }

    public Nic {
        ips = List.copyOf(ips);
    }
}
