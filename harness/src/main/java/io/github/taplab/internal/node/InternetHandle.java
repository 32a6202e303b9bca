package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Internet;
import java.util.Optional;

/** The web server of a lab's internet. */
public final class InternetHandle extends ContainerNodeHandle implements Internet {

    public InternetHandle(String name, String nic, LeasedContainer container, SwitchPort port) {
        super(name, nic, container, Optional.of(port));
    }
}
