package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.Subnet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkRequestTests {

    @Test
    void labsBridgeHasNoHostAddressAndFiltersNothing() {
        NetworkRequest request = request(GatewayPlace.LAB);

        assertThat(request.options())
                .isEqualTo(Map.of(
                        "com.docker.network.bridge.inhibit_ipv4", "true",
                        "com.docker.network.bridge.enable_ip_masquerade", "false"));
        assertThat(request.internal()).isFalse();
    }

    @Test
    void bridgeWithTheHostAsGatewayIsInternal() {
        NetworkRequest request = request(GatewayPlace.DOCKER_HOST);

        assertThat(request.options()).isEqualTo(Map.of("com.docker.network.bridge.enable_ip_masquerade", "false"));
        assertThat(request.internal()).isTrue();
    }

    private static NetworkRequest request(GatewayPlace place) {
        Subnet subnet = Subnet.of("198.18.9.0/24");
        return new NetworkRequest("taplab-0badcafe-1", subnet, subnet.host(1), place, Map.of());
    }
}
