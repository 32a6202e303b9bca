package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Gateway;
import java.util.Optional;

/** The gateway of a lab. */
public final class GatewayHandle extends ContainerNodeHandle implements Gateway {

    /**
     * A gateway.
     *
     * @param port where it is plugged in; empty for the Docker host itself
     */
    public GatewayHandle(String name, String nic, LeasedContainer container, Optional<SwitchPort> port) {
        super(name, nic, container, port);
    }
}
