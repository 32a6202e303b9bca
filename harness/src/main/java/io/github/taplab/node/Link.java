package io.github.taplab.node;

import io.github.taplab.spec.MacAddress;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A network interface as {@code ip -details -statistics link} shows it.
 *
 * @param node name of the node it is on
 * @param name such as {@code eth0}
 * @param index the interface index, unique within one network namespace only
 * @param mac its Ethernet address; all zeros where it has none, as a tunnel
 * @param kind such as {@code macvtap} or {@code veth}; empty for hardware, which is what a guest's NIC is to the guest
 * @param parent its parent interface, under it (the kernel: lower device); empty where that is in another namespace
 * @param mode of a macvtap: {@code bridge}, {@code vepa}, {@code private} or {@code passthru}
 * @param up whether it is administratively up
 * @param carrier whether it is up and there is something at the other end of its cable; for an interface on top of
 *     another one whether that one has a carrier
 * @param operState what becomes of both: {@code up}, {@code down}, {@code lowerlayerdown} on top of one that is down,
 *     {@code unknown} where the driver does not say (RFC 2863, and the kernel's operstates.rst)
 * @param mtu largest payload of a frame, in bytes
 * @param received packets that came in through it
 * @param sent packets that went out through it
 * @param promiscuous whether it takes in all frames, whomever they are for
 * @param allMulticast whether it takes in the frames of all multicast groups
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Link(
        String node,
        String name,
        int index,
        MacAddress mac,
        Optional<String> kind,
        Optional<String> parent,
        Optional<String> mode,
        boolean up,
        boolean carrier,
        String operState,
        int mtu,
        long received,
        long sent,
        boolean promiscuous,
        boolean allMulticast) {

    @Override
    public String toString() {
        return "%s on %s (%s%s%s, %s, mtu %d, %s%s%s)"
                .formatted(
                        name,
                        node,
                        kind.orElse("NIC"),
                        mode.map(" mode "::concat).orElse(""),
                        parent.map(" over "::concat).orElse(""),
                        mac,
                        mtu,
                        up ? (carrier ? "up" : "up, no carrier") : "down",
                        promiscuous ? ", promiscuous" : "",
                        allMulticast ? ", all multicast" : "");
    }
}
