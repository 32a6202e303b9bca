package io.github.taplab.spec;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** A guest's NIC: a macvtap on the launcher's parent interface, or a tap on a bridge there. */
@API(status = Status.STABLE, since = "0.1.0")
public final class NicSpec {

    /** What {@code @MacvtapVm} gives where nothing is said. */
    public static final NicSpec DEFAULT = builder().build();

    private final MacvtapMode mode;
    private final GuestAddress address;
    private final Optional<InetAddress> ip;
    private final Optional<MacAddress> mac;
    private final boolean trustGuestRxFilters;
    private final NicModel model;
    private final NicBackend backend;
    private final Optional<Integer> mtu;
    private final int queues;
    private final boolean linkUp;

    NicSpec(
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
        Given.check(
                "a NIC", "mode", mode, "address", address, "ip", ip, "mac", mac, "model", model, "backend", backend,
                "mtu", mtu);
        InvalidSpecException.throwIfAny(NicRules.broken(address, ip, mac, model, backend, mtu, queues));
        this.mode = mode;
        this.address = address;
        this.ip = ip;
        this.mac = mac;
        this.trustGuestRxFilters = trustGuestRxFilters;
        this.model = model;
        this.backend = backend;
        this.mtu = mtu;
        this.queues = queues;
        this.linkUp = linkUp;
    }

    /** How the macvtap deals with its neighbours. */
    public MacvtapMode mode() {
        return mode;
    }

    /** What the NIC has when the first test starts. */
    public GuestAddress address() {
        return address;
    }

    /**
     * With {@link GuestAddress#OWN} the IPv4 address that it has; empty: a free one of the lab. It may be one that
     * another station has.
     */
    public Optional<InetAddress> ip() {
        return ip;
    }

    /** Of the NIC and the macvtap; empty: one that the lab chooses. */
    public Optional<MacAddress> mac() {
        return mac;
    }

    /**
     * Whether the macvtap follows when the guest changes its MAC address or its multicast list (libvirt's attribute of
     * the same name).
     */
    public boolean trustGuestRxFilters() {
        return trustGuestRxFilters;
    }

    /** What the guest takes the NIC for. */
    public NicModel model() {
        return model;
    }

    /** Who moves the frames of a virtio NIC. */
    public NicBackend backend() {
        return backend;
    }

    /** Of the macvtap and the guest's interface, in bytes, 68 to 1500; empty: the parent's. */
    public Optional<Integer> mtu() {
        return mtu;
    }

    /** Pairs of queues of a virtio NIC, 1 to 8; a guest uses at most as many as it has CPUs. */
    public int queues() {
        return queues;
    }

    /** Whether the guest sees a carrier, as if its cable were plugged in. */
    public boolean linkUp() {
        return linkUp;
    }

    public NicSpec withMode(MacvtapMode newMode) {
        return copy().mode(newMode).build();
    }

    public NicSpec withAddress(GuestAddress newAddress) {
        return copy().address(newAddress).build();
    }

    /** An IPv4 address of your choice, inside the lab's subnet. */
    public NicSpec withIp(InetAddress newIp) {
        return copy().ip(newIp).build();
    }

    public NicSpec withMac(MacAddress newMac) {
        return copy().mac(newMac).build();
    }

    public NicSpec withTrustGuestRxFilters(boolean trust) {
        return copy().trustGuestRxFilters(trust).build();
    }

    public NicSpec withModel(NicModel newModel) {
        return copy().model(newModel).build();
    }

    public NicSpec withBackend(NicBackend newBackend) {
        return copy().backend(newBackend).build();
    }

    /** In bytes. */
    public NicSpec withMtu(int newMtu) {
        return copy().mtu(newMtu).build();
    }

    public NicSpec withQueues(int newQueues) {
        return copy().queues(newQueues).build();
    }

    public NicSpec withLinkUp(boolean up) {
        return copy().linkUp(up).build();
    }

    private Builder copy() {
        Builder copy = builder();
        copy.mode = mode;
        copy.address = address;
        copy.ip = ip;
        copy.mac = mac;
        copy.trustGuestRxFilters = trustGuestRxFilters;
        copy.model = model;
        copy.backend = backend;
        copy.mtu = mtu;
        copy.queues = queues;
        copy.linkUp = linkUp;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NicSpec that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private List<Object> values() {
        return List.of(mode, address, ip, mac, trustGuestRxFilters, model, backend, mtu, queues, linkUp);
    }

    @Override
    public String toString() {
        return "NicSpec[mode=%s, address=%s, ip=%s, mac=%s, trustGuestRxFilters=%s, model=%s, backend=%s, mtu=%s, queues=%s, linkUp=%s]"
                .formatted(mode, address, ip, mac, trustGuestRxFilters, model, backend, mtu, queues, linkUp);
    }

    /** A NIC with the defaults of {@code @MacvtapVm}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a {@link NicSpec}; nothing is checked before {@link #build}. */
    public static final class Builder {

        private MacvtapMode mode = MacvtapMode.BRIDGE;
        private GuestAddress address = GuestAddress.OWN;
        private Optional<InetAddress> ip = Optional.empty();
        private Optional<MacAddress> mac = Optional.empty();
        private boolean trustGuestRxFilters;
        private NicModel model = NicModel.VIRTIO;
        private NicBackend backend = NicBackend.AUTO;
        private Optional<Integer> mtu = Optional.empty();
        private int queues = 1;
        private boolean linkUp = true;

        private Builder() {}

        /** How the macvtap deals with its neighbours. */
        public Builder mode(MacvtapMode value) {
            mode = value;
            return this;
        }

        /** What the NIC has when the first test starts. */
        public Builder address(GuestAddress value) {
            address = value;
            return this;
        }

        /**
         * With {@link GuestAddress#OWN} the IPv4 address that it has; empty: a free one of the lab. It may be one that
         * another station has.
         */
        public Builder ip(InetAddress value) {
            Given.check("a NIC", "ip", value);
            ip = Optional.of(value);
            return this;
        }

        /** Of the NIC and the macvtap. */
        public Builder mac(MacAddress value) {
            Given.check("a NIC", "mac", value);
            mac = Optional.of(value);
            return this;
        }

        /**
         * Whether the macvtap follows when the guest changes its MAC address or its multicast list (libvirt's attribute
         * of the same name).
         */
        public Builder trustGuestRxFilters(boolean value) {
            trustGuestRxFilters = value;
            return this;
        }

        /** What the guest takes the NIC for. */
        public Builder model(NicModel value) {
            model = value;
            return this;
        }

        /** Who moves the frames of a virtio NIC. */
        public Builder backend(NicBackend value) {
            backend = value;
            return this;
        }

        /** Of the macvtap and the guest's interface, in bytes, 68 to 1500. */
        public Builder mtu(int value) {
            mtu = Optional.of(value);
            return this;
        }

        /** Pairs of queues of a virtio NIC, 1 to 8; a guest uses at most as many as it has CPUs. */
        public Builder queues(int value) {
            queues = value;
            return this;
        }

        /** Whether the guest sees a carrier, as if its cable were plugged in. */
        public Builder linkUp(boolean value) {
            linkUp = value;
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws InvalidSpecException with every broken rule
         */
        public NicSpec build() {
            return new NicSpec(mode, address, ip, mac, trustGuestRxFilters, model, backend, mtu, queues, linkUp);
        }
    }
}
