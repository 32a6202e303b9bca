package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Client;
import io.github.taplab.node.Delivery;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.MacAddress;
import java.util.Optional;

/** A client of a lab. */
public final class ClientHandle extends ContainerNodeHandle implements Client {

    public ClientHandle(String name, String nic, LeasedContainer container, SwitchPort port, Stations stations) {
        super(name, nic, container, Optional.of(port), stations);
    }

    @Override
    public Delivery deliver(MacAddress destination, Guest guest) {
        call("deliver").given("a MAC address", destination);
        call("deliver").given("a guest", guest);
        return DatagramDelivery.of(this, destination, guest);
    }
}
