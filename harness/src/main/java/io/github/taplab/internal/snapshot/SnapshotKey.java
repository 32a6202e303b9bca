package io.github.taplab.internal.snapshot;

import io.github.taplab.internal.docker.VolumeName;
import java.util.stream.Stream;

/**
 * All that a machine must have in common with the one of a snapshot to go on from there.
 *
 * @param image id of the lab image: it has the guest's kernel and the QEMU
 * @param host what tells the Docker host from others where the guest has its CPU; otherwise empty
 * @param machine how it is started, without what is outside of it: names, and what its macvtaps are like
 * @param disk what was on its disks when it first booted; empty: it has none
 * @param text the same in short, for people
 */
public record SnapshotKey(String image, String host, String machine, String disk, String text) {

    /** A name for what belongs to this key. */
    String name() {
        return VolumeName.of("taplab-snapshot", Stream.of(image, host, machine, disk));
    }
}
