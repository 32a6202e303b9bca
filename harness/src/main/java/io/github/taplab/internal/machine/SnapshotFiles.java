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

    /** What the guest had written to its disk: an overlay on its image. */
    public String disk() {
        return folder + "/disk.qcow2";
    }

    /** The seed volume that its cloud-init had read. */
    public String seed() {
        return folder + "/seed.iso";
    }

    /** The variables of its UEFI firmware. */
    public String variables() {
        return folder + "/variables.fd";
    }

    /** The types of its SSH host keys, a line each. */
    public String hostKeyTypes() {
        return folder + "/host-key-types";
    }

    /** How long each of the others is, so that it is seen whether they are whole. */
    public String sizes() {
        return folder + "/sizes";
    }
}
