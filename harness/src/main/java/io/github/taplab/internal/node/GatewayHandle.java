package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Gateway;

/** The gateway of a lab. */
public final class GatewayHandle extends ContainerNodeHandle implements Gateway {

    public GatewayHandle(String name, String nic, LeasedContainer container, Hairpin hairpin) {
        super(name, nic, container, hairpin);
    }
}
