package io.github.taplab.internal.machine;

/** Where a machine gets from what it boots. */
@FunctionalInterface
public interface BootSource {

    /** Makes it as it is for a machine that boots. */
    Boot fresh();

    /** Makes it as the machine of a snapshot has left it. Unless a machine writes to it, that is the same. */
    default Boot after(SnapshotFiles snapshot) {
        return fresh();
    }

    /** Copies to a snapshot what its machine has written; the machine stands still. */
    default void copyTo(SnapshotFiles snapshot) {}
}
