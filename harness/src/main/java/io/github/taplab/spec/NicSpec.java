package io.github.taplab.spec;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A guest's NIC: a macvtap on the launcher's parent interface.
 *
 * @param mode how the macvtap deals with its neighbours
 * @param address what the NIC has when the first test starts
 * @param ip with {@link GuestAddress#OWN} the IPv4 address that it has; empty: a free one of the lab. It may be one
 *     that another station has
 * @param mac of the NIC and the macvtap; empty: one that the lab chooses
 * @param trustGuestRxFilters whether the macvtap follows when the guest changes its MAC address or its multicast list
 *     (libvirt's attribute of the same name)
 * @param model what the guest takes the NIC for
 * @param backend who moves the frames of a virtio NIC
 * @param mtu of the macvtap and the guest's interface, in bytes, 68 to 1500; empty: the parent's
 * @param queues pairs of queues of a virtio NIC, 1 to 8; a guest uses at most as many as it has CPUs
 * @param linkUp whether the guest sees a carrier, as if its cable were plugged in
 */
public record NicSpec(
        MacvtapMode mode,
        GuestAddress address,
        Optional<InetAddress> ip,
        Optional<MacAddress> mac,
        boolean trustGuestRxFilters,
        NicModel model,
        NicBackend backend,
        Optional<Integer> mtu,
        int queues,
        boolean linkUp) {

    /** What {@code @MacvtapVm} gives where nothing is said. */
    public static final NicSpec DEFAULT = new NicSpec(
            MacvtapMode.BRIDGE,
            GuestAddress.OWN,
            Optional.empty(),
            Optional.empty(),
            false,
            NicModel.VIRTIO,
            NicBackend.AUTO,
            Optional.empty(),
            1,
            true);

    // What every IPv4 host has to take (RFC 791), and Docker's default for a bridge network.
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 1500;
    private static final int MOST_QUEUES = 8;

    /**
     * Checks the NIC.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public NicSpec {
        Given.check(
                "a NIC", "mode", mode, "address", address, "ip", ip, "mac", mac, "model", model, "backend", backend,
                "mtu", mtu);
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
        if (ip.isPresent() && address != GuestAddress.OWN) {
            problems.add("ip = \"%s\" with address = %s: an address of your choice goes with OWN"
                    .formatted(InterfaceIp.text(ip.get()), address));
        }
        if (ip.isPresent() && ip.get() instanceof Inet6Address) {
            problems.add("ip = \"%s\" is IPv6, a lab chooses those itself".formatted(InterfaceIp.text(ip.get())));
        }
        if (mtu.isPresent() && (mtu.get() < LEAST_MTU || mtu.get() > MOST_MTU)) {
            problems.add("mtu = %d, must be %d to %d (bytes): the kernel refuses a macvtap above its parent's MTU"
                    .formatted(mtu.get(), LEAST_MTU, MOST_MTU));
        }
        if (queues < 1 || queues > MOST_QUEUES) {
            problems.add("queues = %d, must be 1 to %d".formatted(queues, MOST_QUEUES));
        }
        if (model != NicModel.VIRTIO && queues > 1) {
            problems.add("queues = %d with model = %s: only VIRTIO has several".formatted(queues, model));
        }
        if (model != NicModel.VIRTIO && backend == NicBackend.VHOST) {
            problems.add("backend = VHOST with model = %s: vhost-net serves only VIRTIO".formatted(model));
        }
        InvalidSpecException.throwIfAny(problems);
    }

    public NicSpec withMode(MacvtapMode newMode) {
        return new NicSpec(newMode, address, ip, mac, trustGuestRxFilters, model, backend, mtu, queues, linkUp);
    }

    public NicSpec withAddress(GuestAddress newAddress) {
        return new NicSpec(mode, newAddress, ip, mac, trustGuestRxFilters, model, backend, mtu, queues, linkUp);
    }

    /** An IPv4 address of your choice, inside the lab's subnet. */
    public NicSpec withIp(InetAddress newIp) {
        Given.check("a NIC", "ip", newIp);
        return new NicSpec(
                mode, address, Optional.of(newIp), mac, trustGuestRxFilters, model, backend, mtu, queues, linkUp);
    }

    public NicSpec withMac(MacAddress newMac) {
        Given.check("a NIC", "mac", newMac);
        return new NicSpec(
                mode, address, ip, Optional.of(newMac), trustGuestRxFilters, model, backend, mtu, queues, linkUp);
    }

    public NicSpec withTrustGuestRxFilters(boolean trust) {
        return new NicSpec(mode, address, ip, mac, trust, model, backend, mtu, queues, linkUp);
    }

    public NicSpec withModel(NicModel newModel) {
        return new NicSpec(mode, address, ip, mac, trustGuestRxFilters, newModel, backend, mtu, queues, linkUp);
    }

    public NicSpec withBackend(NicBackend newBackend) {
        return new NicSpec(mode, address, ip, mac, trustGuestRxFilters, model, newBackend, mtu, queues, linkUp);
    }

    /** In bytes. */
    public NicSpec withMtu(int newMtu) {
        return new NicSpec(
                mode, address, ip, mac, trustGuestRxFilters, model, backend, Optional.of(newMtu), queues, linkUp);
    }

    public NicSpec withQueues(int newQueues) {
        return new NicSpec(mode, address, ip, mac, trustGuestRxFilters, model, backend, mtu, newQueues, linkUp);
    }

    public NicSpec withLinkUp(boolean up) {
        return new NicSpec(mode, address, ip, mac, trustGuestRxFilters, model, backend, mtu, queues, up);
    }
}
