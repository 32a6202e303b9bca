package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.docker.CreatedNetwork;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Subnet;
import org.junit.jupiter.api.Test;

class WanTests {

    @SuppressWarnings("NullAway") // No engine is asked.
    private static final Wan WAN = new Wan(
            new LabNetwork(null, new CreatedNetwork("id", "br-id", true, true), "name", Subnet.of("203.0.113.248/29")));

    @Test
    void gatewayAndServerAreBesideTheAddressThatDockerKeeps() {
        assertThat(WAN.gatewayIp()).isEqualTo(InterfaceIp.ip("203.0.113.250"));
        assertThat(WAN.serverIp()).isEqualTo(InterfaceIp.ip("203.0.113.251"));
    }

    @Test
    void macAddressesEndAsTheIpAddressesDo() {
        assertThat(WAN.gatewayMac()).isEqualTo(MacAddress.of("02:6a:00:71:00:fa"));
        assertThat(WAN.serverMac()).isEqualTo(MacAddress.of("02:eb:00:71:00:fb"));
    }
}
