package io.github.taplab.internal.lab;

import io.github.taplab.internal.address.LabAddresses;
import io.github.taplab.internal.docker.CreatedNetwork;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.NetworkRequest;
import io.github.taplab.internal.docker.SubnetTakenException;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.HostNumbers;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.Subnet;
import java.util.Map;

/** The network of one lab, a pure layer-2 segment. */
final class LabNetwork implements AutoCloseable {

    private final DockerEngine docker;
    private final CreatedNetwork created;
    private final String name;
    private final Subnet subnet;

    /**
     * A network that is there.
     *
     * @param name unique, since it has the session's id in it. Containers join by it: an engine of API 1.41 gives them
     *     the MAC address asked for only if the network mode is the network's name
     */
    LabNetwork(DockerEngine docker, CreatedNetwork created, String name, Subnet subnet) {
        this.docker = docker;
        this.created = created;
        this.name = name;
        this.subnet = subnet;
    }

    Subnet subnet() {
        return subnet;
    }

    String name() {
        return name;
    }

    String id() {
        return created.id();
    }

    /** The interface that it is on the Docker host. */
    String bridge() {
        return created.bridge();
    }

    /** Whether that interface is there before the first container is. */
    boolean isBridgeThere() {
        return created.bridgeThere();
    }

    /** Whether its containers surely get a default route to the gateway. */
    boolean isRouted() {
        return created.routed();
    }

    /**
     * Creates the network with the spec's subnet or a free one.
     *
     * @throws IllegalStateException if the subnet is taken, or none is free
     */
    static LabNetwork create(DockerEngine docker, LabSpec spec, String name, Map<String, String> labels) {
        if (spec.subnet().isPresent()) {
            Subnet fixed = spec.subnet().get();
            try {
                return create(docker, spec.gateway(), fixed, name, labels);
            } catch (SubnetTakenException e) {
                throw new IllegalStateException(
                        e.getMessage() + ". Leave the subnet out of @LabContainer to get a free one", e);
            }
        }
        return FreeSubnet.of(
                Subnet.LAB_RANGE,
                spec.prefixLength(),
                candidate -> create(docker, spec.gateway(), candidate, name, labels));
    }

    /**
     * Creates a network with one subnet.
     *
     * @param gateway whether the Docker host gets the first address
     */
    static LabNetwork create(
            DockerEngine docker, GatewayPlace gateway, Subnet subnet, String name, Map<String, String> labels)
            throws SubnetTakenException {
        CreatedNetwork created = docker.networks()
                .create(new NetworkRequest(name, subnet, subnet.host(HostNumbers.GATEWAY), gateway, labels));
        return new LabNetwork(docker, created, name, subnet);
    }

    LabAddresses addresses() {
        return new LabAddresses(subnet);
    }

    @Override
    public void close() {
        docker.networks().remove(created.id());
    }
}
