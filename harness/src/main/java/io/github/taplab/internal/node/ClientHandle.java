package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Client;

/** A client of a lab. */
public final class ClientHandle extends ContainerNodeHandle implements Client {

    public ClientHandle(String name, String nic, LeasedContainer container, Hairpin hairpin) {
        super(name, nic, container, hairpin);
    }
}
