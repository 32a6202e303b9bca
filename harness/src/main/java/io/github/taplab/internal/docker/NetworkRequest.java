package io.github.taplab.internal.docker;

import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.Subnet;
import java.util.Map;

/**
 * A lab's network to be created.
 *
 * @param name for people; Docker does not keep names unique
 * @param subnet must be free on the Docker host
 * @param gateway whether the Docker host gets the first address
 * @param labels what a later run finds it by
 */
public record NetworkRequest(String name, Subnet subnet, GatewayPlace gateway, Map<String, String> labels) {

    public NetworkRequest {
        labels = Map.copyOf(labels);
    }

    String gatewayIp() {
        return subnet.host(LabSpec.GATEWAY_HOST).getHostAddress();
    }

    /**
     * Driver options of the bridge.
     *
     * <p>{@code LAB}: without an address of its own the host has no route to the lab, so no packet of it can be routed
     * off the machine; and unlike an {@code --internal} network nothing is filtered: routing through a gateway
     * container, multicast and broadcast work.
     */
    Map<String, String> options() {
        return switch (gateway) {
            case LAB ->
                Map.of(
                        "com.docker.network.bridge.inhibit_ipv4", "true",
                        "com.docker.network.bridge.enable_ip_masquerade", "false");
            case DOCKER_HOST -> Map.of("com.docker.network.bridge.enable_ip_masquerade", "false");
        };
    }

    boolean internal() {
        return gateway == GatewayPlace.DOCKER_HOST;
    }
}
