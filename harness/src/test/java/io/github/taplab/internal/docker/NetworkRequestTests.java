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

    @Test
    void gatewayIsTheFirstAddress() {
        assertThat(request(GatewayPlace.LAB).gatewayIp()).isEqualTo("198.18.9.1");
    }

    private static NetworkRequest request(GatewayPlace gateway) {
        return new NetworkRequest("taplab-0badcafe-1", Subnet.of("198.18.9.0/24"), gateway, Map.of());
    }
}
