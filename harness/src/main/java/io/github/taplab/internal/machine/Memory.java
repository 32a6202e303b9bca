package io.github.taplab.internal.machine;

import java.util.ArrayList;
import java.util.List;

/** Where the memory of a machine comes from. */
public sealed interface Memory {

    /** Nobody else's: the machine boots, and no snapshot is made of it. */
    record Own() implements Memory {}

    /**
     * A file that can be copied while the machine stands still. It boots.
     *
     * @param file in the launcher
     */
    record Copied(String file) implements Memory {}

    /** A snapshot's: what the machine changes is its own, the rest it shares with all others of that snapshot. */
    record Shared(SnapshotFiles snapshot) implements Memory {}

    /**
     * What QEMU is told of it. The file has to have a name: QEMU leaves memory out of a migration only where the other
     * side can open it too, and it opens a snapshot for reading only, since it is mounted so.
     *
     * @param mib its size
     */
    default List<String> qemuArguments(int mib) {
        if (this instanceof Copied own) {
            return file(mib, own.file(), "share=on");
        }
        if (this instanceof Shared shared) {
            List<String> arguments =
                    new ArrayList<>(file(mib, shared.snapshot().memory(), "share=off,readonly=on,rom=off"));
            arguments.addAll(List.of("-incoming", "defer"));
            return arguments;
        }
        return List.of();
    }

    private static List<String> file(int mib, String path, String access) {
        return List.of(
                "-object",
                "memory-backend-file,id=taplab.ram,size=%dM,x-use-canonical-path-for-ramblock-id=off,mem-path=%s,%s"
                        .formatted(mib, path, access),
                "-machine",
                "memory-backend=taplab.ram",
                // The guest would announce itself after a migration, and a lab's network is for the frames of its
                // tests. Where QEMU is told of no announcement, but the guest could, QEMU 10.0 crashes when it
                // restarts.
                "-global",
                "virtio-net-device.guest_announce=off");
    }
}
