package io.github.taplab.spec;

/** Where the cloud-init of a guest finds its data. */
public enum CloudInit {
    /** On a seed volume that is there before the guest boots (cloud-init's data source NoCloud). */
    NO_CLOUD,
    /** Nowhere: for images without cloud-init, and for specs about what it does then. */
    OFF
}
