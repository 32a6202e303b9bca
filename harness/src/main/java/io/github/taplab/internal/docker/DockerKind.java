package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Network;
import io.github.taplab.spec.GatewayPlace;
import java.util.List;
import java.util.Map;

/** Docker itself. */
final class DockerKind implements EngineKind {

    private static final int ID_IN_NAME = 12;

    /**
     * {@inheritDoc}
     *
     * <p>Without an address of its own the host has no route to the lab, so no packet of it can be routed off the
     * machine; and unlike in an {@code --internal} network nothing is filtered: routing through a gateway container,
     * multicast and broadcast work.
     */
    @Override
    public CreatedNetwork create(DockerClient asked, NetworkRequest request) {
        Network.Ipam.Config subnet = new Network.Ipam.Config()
                .withSubnet(request.subnet().toString())
                .withGateway(request.gateway().getHostAddress());
        String id = asked.createNetworkCmd()
                .withName(request.name())
                .withDriver("bridge")
                .withIpam(new Network.Ipam().withConfig(subnet))
                .withOptions(options(request.place()))
                .withInternal(request.place() == GatewayPlace.DOCKER_HOST)
                .withLabels(request.labels())
                .exec()
                .getId();
        // Whether it routes on an --internal network depends on its version.
        return new CreatedNetwork(id, "br-" + id.substring(0, ID_IN_NAME), true, request.place() == GatewayPlace.LAB);
    }

    /** Driver options of the bridge. */
    static Map<String, String> options(GatewayPlace place) {
        return switch (place) {
            case LAB ->
                Map.of(
                        "com.docker.network.bridge.inhibit_ipv4", "true",
                        "com.docker.network.bridge.enable_ip_masquerade", "false");
            case DOCKER_HOST -> Map.of("com.docker.network.bridge.enable_ip_masquerade", "false");
        };
    }

    @Override
    public List<Capability> capabilities() {
        return List.of();
    }
}
