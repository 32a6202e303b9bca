package io.github.taplab.internal.machine;

import java.util.ArrayList;
import java.util.List;

/** Where the memory of a machine comes from. */
public sealed interface Memory {

    /**
     * What QEMU is told of it, beyond its size.
     *
     * @param mib its size
     */
    List<String> qemuArguments(int mib);

    /** Nobody else's: the machine boots, and no snapshot is made of it. */
    record Own() implements Memory {

        @Override
        public List<String> qemuArguments(int mib) {
            return List.of();
        }
    }

    /**
     * A file that can be copied while the machine stands still. It boots. The file has to have a name: QEMU leaves
     * memory out of a migration only where the other side can open it too.
     *
     * @param file in the launcher
     */
    record Copied(String file) implements Memory {

        @Override
        public List<String> qemuArguments(int mib) {
            return inFile(mib, file, "share=on");
        }
    }

    /** A snapshot's: what the machine changes is its own, the rest it shares with all others of that snapshot. */
    record Shared(SnapshotFiles snapshot) implements Memory {

        @Override
        public List<String> qemuArguments(int mib) {
            // For reading only, since it is mounted so; what the machine writes is not the file's.
            List<String> arguments = new ArrayList<>(inFile(mib, snapshot.memory(), "share=off,readonly=on,rom=off"));
            // It would announce its MAC address for a second, and a lab's network is for the frames of its tests.
            arguments.addAll(List.of("-incoming", "defer", "-global", "migration.announce-rounds=0"));
            return arguments;
        }
    }

    /**
     * That of a machine which runs elsewhere until it has come here.
     *
     * @param generation the id by which it knows itself: another one would tell it that it goes on from a snapshot
     * @param named whether its memory has a name there, which it must have here too
     */
    record Moved(String generation, boolean named) implements Memory {

        @Override
        public List<String> qemuArguments(int mib) {
            return named ? in("memory-backend-ram", mib, "") : List.of();
        }
    }

    /** What the machine has as its generation id (vmgenid), by which it sees that it goes on from a snapshot. */
    default String generation() {
        return "auto";
    }

    private static List<String> inFile(int mib, String path, String access) {
        return in("memory-backend-file", mib, ",mem-path=%s,%s".formatted(path, access));
    }

    private static List<String> in(String backend, int mib, String further) {
        return List.of(
                "-object",
                "%s,id=taplab.ram,size=%dM,x-use-canonical-path-for-ramblock-id=off%s".formatted(backend, mib, further),
                "-machine",
                "memory-backend=taplab.ram",
                // The guest would announce itself after a migration, and a lab's network is for the frames of its
                // tests. Where QEMU is told of no announcement, but the guest could, QEMU 10.0 crashes when it
                // restarts.
                "-global",
                "virtio-net-device.guest_announce=off");
    }
}
