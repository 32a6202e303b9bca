package io.github.taplab.internal.docker;

import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.Subnet;
import java.net.InetAddress;
import java.util.Map;

/**
 * A lab's network to be created.
 *
 * @param name for people; Docker does not keep names unique
 * @param subnet must be free on the Docker host
 * @param gateway the address to which the default routes of containers point
 * @param place who has that address
 * @param labels what a later run finds it by
 */
public record NetworkRequest(
        String name, Subnet subnet, InetAddress gateway, GatewayPlace place, Map<String, String> labels) {

    public NetworkRequest {
        labels = Map.copyOf(labels);
    }

    /**
     * Driver options of the bridge.
     *
     * <p>{@code LAB}: without an address of its own the host has no route to the lab, so no packet of it can be routed
     * off the machine; and unlike an {@code --internal} network nothing is filtered: routing through a gateway
     * container, multicast and broadcast work.
     */
    Map<String, String> options() {
        return switch (place) {
            case LAB ->
                Map.of(
                        "com.docker.network.bridge.inhibit_ipv4", "true",
                        "com.docker.network.bridge.enable_ip_masquerade", "false");
            case DOCKER_HOST -> Map.of("com.docker.network.bridge.enable_ip_masquerade", "false");
        };
    }

    boolean internal() {
        return place == GatewayPlace.DOCKER_HOST;
    }
}
