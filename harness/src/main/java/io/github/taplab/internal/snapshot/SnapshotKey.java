package io.github.taplab.internal.snapshot;

import io.github.taplab.internal.docker.VolumeName;
import java.util.stream.Stream;

/**
 * All that a machine must have in common with the one of a snapshot to go on from there.
 *
 * @param image id of the lab image: it has the guest's kernel and the QEMU
 * @param host what tells the Docker host from others on which a machine can't go on: {@link #underKvm} or
 *     {@link #emulated}
 * @param machine how it is started, without what is outside of it, names and what its macvtaps are like; and what was
 *     done in it before the snapshot
 * @param disk what was on its disks when it first booted; empty: it has none
 * @param text the same in short, for people
 */
public record SnapshotKey(String image, String host, String machine, String disk, String text) {

    /** What {@link #host} begins with where guests run under KVM. */
    static final String BOOT = "boot ";

    /**
     * The host of a machine under KVM: it has that host's own CPU, as its microcode and its kernel show it.
     *
     * @param boot the id that the kernel has had since the host was started
     */
    public static String underKvm(String boot) {
        return BOOT + boot;
    }

    /**
     * The host of an emulated machine. It has a CPU of QEMU's, but that counts the ticks of the host's (TSC), and a
     * guest has found out when it booted how many of them are a second.
     *
     * @param cpu what that CPU is called, with its clock
     */
    public static String emulated(String cpu) {
        return "cpu " + cpu;
    }

    /** A name for what belongs to this key. */
    String name() {
        return VolumeName.of("taplab-snapshot", Stream.of(image, host, machine, disk));
    }
}
