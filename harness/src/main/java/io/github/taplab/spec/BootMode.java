package io.github.taplab.spec;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** How a guest gets to the point where it takes commands. */
@API(status = Status.EXPERIMENTAL, since = "0.1.0")
public enum BootMode {
    /** It boots. */
    COLD,
    /**
     * It goes on from a snapshot of a guest that has booted on the same machine; where there is none yet, that is made
     * first. A guest can with its agent, its cables plugged in, and, if it has an image, a seed. If the snapshot turns
     * out to be of no use, the guest boots, with a warning. One with several CPUs can too, but is better not restarted
     * then: under emulation one of its CPUs was twice seen to have no timer after that, and the guest to hang.
     */
    WARM,
    /**
     * It goes on from a snapshot where there is one and the guest can. Otherwise it boots, and leaves a snapshot for
     * the next one. A guest with several CPUs boots, and leaves none.
     */
    EITHER
}
