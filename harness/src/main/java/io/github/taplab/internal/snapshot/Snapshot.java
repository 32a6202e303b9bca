package io.github.taplab.internal.snapshot;

import java.util.concurrent.CompletableFuture;

/** A snapshot that is there, or is being made by a lab of this run. */
final class Snapshot {

    private final SnapshotKey key;
    private final String volume;
    private final CompletableFuture<Boolean> whole;

    private Snapshot(SnapshotKey key, String volume, CompletableFuture<Boolean> whole) {
        this.key = key;
        this.volume = volume;
        this.whole = whole;
    }

    static Snapshot whole(SnapshotKey key, String volume) {
        return new Snapshot(key, volume, CompletableFuture.completedFuture(true));
    }

    static Snapshot begun(SnapshotKey key, String volume) {
        return new Snapshot(key, volume, new CompletableFuture<>());
    }

    SnapshotKey key() {
        return key;
    }

    /** The volume with its files. */
    String volume() {
        return volume;
    }

    /** Completes with whether it can be used. */
    CompletableFuture<Boolean> whole() {
        return whole;
    }

    /** Whether its maker has given it up. */
    boolean hasFailed() {
        return whole.isDone() && !whole.join();
    }
}
