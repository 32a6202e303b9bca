package io.github.taplab.internal.placement;

/** An engine's host that labs can be placed on. */
public final class LabHost<L extends AutoCloseable> {

    /** A lab like one that was started there before finds all that it needs. */
    public static final int ALL_PREPARED = 2;

    /** The host has the lab image; a guest boots. */
    public static final int IMAGE_PREPARED = 1;

    public static final int NOT_PREPARED = 0;

    private final String name;
    private final LabMaker<L> maker;
    private final int cores;
    private final long mib;

    /**
     * A host.
     *
     * @param name of its engine, for messages: "the engine at unix:///var/run/docker.sock"
     * @param maker makes labs there
     * @param cores that it has
     * @param mib the memory that labs may take there together
     */
    public LabHost(String name, LabMaker<L> maker, int cores, long mib) {
        this.name = name;
        this.maker = maker;
        this.cores = cores;
        this.mib = mib;
    }

    String name() {
        return name;
    }

    LabMaker<L> maker() {
        return maker;
    }

    int cores() {
        return cores;
    }

    long mib() {
        return mib;
    }
}
