package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Undo;

/** The other end of a container's cable: the port of the switch into which it is plugged. */
public interface SwitchPort {

    /** Has the switch send frames back through the port on which they came in. */
    Undo enableHairpin(LeasedContainer node, String nic);

    /** Sets the port down, so that the container's interface has no carrier. */
    Undo setDown(LeasedContainer node, String nic);
}
