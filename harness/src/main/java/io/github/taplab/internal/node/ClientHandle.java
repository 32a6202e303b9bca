package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Client;
import java.util.Optional;

/** A client of a lab. */
public final class ClientHandle extends ContainerNodeHandle implements Client {

    public ClientHandle(String name, String nic, LeasedContainer container, SwitchPort port) {
        super(name, nic, container, Optional.of(port));
    }
}
