package io.github.taplab.internal.snapshot;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;

/** What one guest has to do with a snapshot: it makes it, or goes on from it. */
public final class SnapshotShare implements AutoCloseable {

    private static final String FOLDER = "/var/lib/taplab/snapshots/";

    private final Snapshots snapshots;
    private final Snapshot snapshot;
    private final boolean makes;

    private SnapshotShare(Snapshots snapshots, Snapshot snapshot, boolean makes) {
        this.snapshots = snapshots;
        this.snapshot = snapshot;
        this.makes = makes;
    }

    static SnapshotShare making(Snapshots snapshots, Snapshot snapshot) {
        return new SnapshotShare(snapshots, snapshot, true);
    }

    static SnapshotShare reading(Snapshots snapshots, Snapshot snapshot) {
        return new SnapshotShare(snapshots, snapshot, false);
    }

    /** Whether it is this guest of which the snapshot is made. */
    public boolean makes() {
        return makes;
    }

    /** What its launcher needs. */
    public VolumeMount mount() {
        return new VolumeMount(snapshot.volume(), files().folder(), !makes);
    }

    /** Where the launcher has it. */
    public SnapshotFiles files() {
        return new SnapshotFiles(FOLDER + snapshot.volume());
    }

    /**
     * Waits until the snapshot is made; whether it is.
     *
     * @param deadline as long as its guest may take to boot
     */
    public boolean awaitWhole(Duration deadline) {
        try {
            return Waiting.joined(
                    "a guest with the same machine has booted and a snapshot of it is made",
                    deadline,
                    // A copy: whoever gives up must not end the others' wait.
                    snapshot.whole().copy());
        } catch (DeadlineExceededException e) {
            return false;
        }
    }

    /** Says that it is made. */
    public void made(Making making) {
        try {
            snapshots.publish(snapshot, making);
            snapshot.whole().complete(true);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Says that it could not be made, or that nothing can go on from it. */
    public void failed(Throwable why) {
        snapshots.failed(snapshot, why);
        snapshot.whole().complete(false);
    }

    /** Gives up making it, if it is not made. */
    @Override
    public void close() {
        if (makes && snapshot.whole().complete(false)) {
            snapshots.givenUp(snapshot);
        }
    }
}
