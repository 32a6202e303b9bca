package io.github.taplab.internal.lab;

import io.github.taplab.internal.address.LabAddresses;
import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.disk.GuestDisk;
import io.github.taplab.internal.guest.GuestBoot;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.guest.Mover;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.machine.BootSource;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.node.Stations;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.HostNumbers;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.NicModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Starts the guests of one lab, each until it has what its NICs shall have when the first test starts. */
final class GuestStarter {

    private static final Duration KEY = Duration.ofMinutes(1);

    private final LabSpec spec;
    private final LabAddresses addresses;
    private final HostFacts facts;
    private final Map<String, DiskImage> disks;
    private final LabSnapshots snapshots;
    private final Duration bootSilence;
    private final OpenResources resources;
    private final Phases phases;
    private final Stations stations;
    private final Mover mover;

    GuestStarter(
            LabSpec spec,
            LabAddresses addresses,
            HostFacts facts,
            Map<String, DiskImage> disks,
            LabSnapshots snapshots,
            Duration bootSilence,
            OpenResources resources,
            Phases phases,
            Stations stations,
            Mover mover) {
        this.spec = spec;
        this.addresses = addresses;
        this.facts = facts;
        this.disks = disks;
        this.snapshots = snapshots;
        this.bootSilence = bootSilence;
        this.resources = resources;
        this.phases = phases;
        this.stations = stations;
        this.mover = mover;
    }

    /**
     * Starts a guest.
     *
     * @param host host number of its first NIC
     * @param libvirt asked for only by an attachment that needs it
     */
    Guest start(
            GuestSpec guest,
            int host,
            LauncherHandle launcher,
            Supplier<LibvirtConnection> libvirt,
            CompletableFuture<LabKey> key) {
        List<NicConfig> nics = GuestNics.of(guest, host, facts);
        if (guest.attachment() == Attachment.PRE_CREATED || guest.attachment() == Attachment.QEMU) {
            nics.forEach(nic ->
                    launcher.addMacvtap(nic.macvtap(), nic.mac(), nic.spec().mode()));
        }
        MachineStarter starter = new MachineStarter(launcher, libvirt, bootSilence, resources, phases);
        MachineStarter.Started started = new WarmStart(
                        guest, nics, facts, source(guest, nics, launcher), launcher, starter, phases)
                .start(snapshots.of(guest));
        GuestHandle booted = GuestHandle.boot(
                started.guest(),
                started.residence(),
                mover,
                stations,
                Waiting.joined("the lab's SSH key is made", KEY, key),
                phases);
        boolean routed = false;
        for (NicConfig nic : nics) {
            GuestHandle seen = booted.on(booted.nic(nic.index()));
            setMtu(seen, nic);
            if (isFollowed(guest, nic) && seen.link(seen.nic()).up()) {
                phases.time(guest.name() + " filters", () -> TrustedFilters.bring(seen));
            }
            giveAddress(seen, nic, host + nic.index(), launcher, !routed);
            routed |= nic.spec().address() != GuestAddress.NONE;
        }
        return booted;
    }

    private BootSource source(GuestSpec guest, List<NicConfig> nics, LauncherHandle launcher) {
        return guest.disk()
                .<BootSource>map(disk -> new GuestDisk(
                        guest.name(),
                        disk,
                        Objects.requireNonNull(disks.get(guest.name())),
                        nics,
                        facts.platform(),
                        launcher,
                        launcher.container()::unpack))
                .orElse(() -> GuestBoot.small(launcher));
    }

    // libvirt moves the macvtaps that it has made, and QEMU tells of virtio NICs alone.
    private static boolean isFollowed(GuestSpec guest, NicConfig nic) {
        return guest.attachment() == Attachment.DIRECT
                && nic.spec().trustGuestRxFilters()
                && nic.spec().model() == NicModel.VIRTIO;
    }

    // libvirt refuses <mtu> on a direct interface, so both ends are set the same way whatever the attachment.
    private static void setMtu(GuestHandle guest, NicConfig nic) {
        nic.spec().mtu().map(mtu -> Integer.toString(mtu)).ifPresent(mtu -> {
            guest.launcher().run("ip", "link", "set", "dev", guest.macvtap().name(), "mtu", mtu);
            guest.run("ip", "link", "set", "dev", guest.nic(), "mtu", mtu);
        });
    }

    private void giveAddress(GuestHandle guest, NicConfig nic, int host, LauncherHandle launcher, boolean route) {
        switch (nic.spec().address()) {
            case NONE -> {}
            case OWN -> {
                InterfaceIp free = addresses.ipv4(host);
                guest.addAddress(
                        nic.spec()
                                .ip()
                                .map(ip -> new InterfaceIp(ip, free.prefixLength()))
                                .orElse(free),
                        route ? Optional.of(addresses.ip(HostNumbers.GATEWAY)) : Optional.empty());
                if (spec.ipv6()) {
                    guest.addUniqueAddress(addresses.ipv6(host));
                }
            }
            case TAKE_OVER -> {
                guest.copyAddressFrom(launcher);
                launcher.removeAddress();
                if (spec.ipv6()) {
                    InterfaceIp taken = addresses.ipv6(new HostNumbers(spec).launcher(launcher.name()));
                    launcher.removeAddress(taken);
                    guest.addUniqueAddress(taken);
                }
            }
        }
        if (!spec.internet().isEmpty() && nic.spec().address() != GuestAddress.NONE) {
            guest.useNameServer(addresses.ip(HostNumbers.GATEWAY));
        }
    }
}
