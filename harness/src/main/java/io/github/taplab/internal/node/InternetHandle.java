package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Internet;

/** The web server of a lab's internet. */
public final class InternetHandle extends ContainerNodeHandle implements Internet {

    public InternetHandle(String name, String nic, LeasedContainer container, Hairpin hairpin) {
        super(name, nic, container, hairpin);
    }
}
