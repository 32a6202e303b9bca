package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Undo;

/** Has the switch send frames back through the port on which they came in. */
@FunctionalInterface
public interface Hairpin {

    /** Switches it on for the port into which a container's interface is plugged. */
    Undo enable(LeasedContainer node, String nic);
}
