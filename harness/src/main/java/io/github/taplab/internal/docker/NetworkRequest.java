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
}
