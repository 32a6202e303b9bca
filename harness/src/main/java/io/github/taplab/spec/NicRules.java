package io.github.taplab.spec;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a NIC must be. */
final class NicRules {

    // What every IPv4 host has to take (RFC 791), and Docker's default for a bridge network.
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 1500;
    private static final int MOST_QUEUES = 8;

    private NicRules() {}

    /** The rules that a NIC would break. */
    static List<String> broken(
            GuestAddress address,
            Optional<InetAddress> ip,
            Optional<MacAddress> mac,
            NicModel model,
            NicBackend backend,
            Optional<Integer> mtu,
            int queues) {
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
        return problems;
    }
}
