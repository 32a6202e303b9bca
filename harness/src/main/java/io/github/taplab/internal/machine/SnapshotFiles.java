package io.github.taplab.internal.machine;

/**
 * The files of one machine's snapshot.
 *
 * @param folder where the launcher has them
 */
public record SnapshotFiles(String folder) {

    /** The guest's memory, as it was. */
    public String memory() {
        return folder + "/memory";
    }

    /** The state of the machine's devices, as QEMU's migration writes it. */
    public String devices() {
        return folder + "/devices";
    }

    /** What the guest had written to its console. */
    public String console() {
        return folder + "/console.log";
    }
}
