package io.github.taplab.spec;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Where the cloud-init of a guest finds its data. */
@API(status = Status.STABLE, since = "0.1.0")
public enum CloudInit {
    /** On a seed volume that is there before the guest boots (cloud-init's data source NoCloud). */
    NO_CLOUD,
    /** Nowhere: for images without cloud-init, and for specs about what it does then. */
    OFF
}
