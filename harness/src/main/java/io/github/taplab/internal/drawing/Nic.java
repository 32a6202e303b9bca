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

    /** The two networks of a lab. */
    public enum Network {
        LAB,
        WAN
    }

    /**
     * A guest's end in its launcher.
     *
     * @param link its name, such as {@code macvtap0}
     * @param launcher that it is in
     * @param parent under it, such as {@code eth0}
     * @param mode as the kernel calls it
     * @param broken why nothing passes it, such as {@code no carrier}; empty where it is whole
     */
    public record Macvtap(
            String link, String launcher, String parent, String mode, MacAddress mac, Optional<String> broken) {}

    public Nic {
        ips = List.copyOf(ips);
    }
}
