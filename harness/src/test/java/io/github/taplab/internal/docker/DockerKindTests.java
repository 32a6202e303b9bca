package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.GatewayPlace;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerKindTests {

    @Test
    void aLabsBridgeHasNoHostAddressAndFiltersNothing() {
        assertThat(DockerKind.options(GatewayPlace.LAB))
                .isEqualTo(Map.of(
                        "com.docker.network.bridge.inhibit_ipv4", "true",
                        "com.docker.network.bridge.enable_ip_masquerade", "false"));
    }

    @Test
    void oneWithTheHostAsGatewayHasAnAddressThere() {
        assertThat(DockerKind.options(GatewayPlace.DOCKER_HOST))
                .isEqualTo(Map.of("com.docker.network.bridge.enable_ip_masquerade", "false"));
    }
}
