package io.github.taplab.internal.docker;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Capability;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.Subnet;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PodmanKindTests {

    private static final String CREATE = "POST /libpod/networks/create";

    private final FakeEngine fake = new FakeEngine();

    @BeforeEach
    void isPodman() {
        fake.on("GET /version", FakeEngine.podman("5.4.2", "1.41"));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private static NetworkRequest request(GatewayPlace place) {
        Subnet subnet = Subnet.of("198.18.9.0/24");
        return new NetworkRequest("taplab-net", subnet, subnet.host(1), place, Map.of("of", "lab"));
    }

    @Test
    void aLabsBridgeHasNoHostAddressAndNoNameServer() {
        assertThat(PodmanKind.declared(request(GatewayPlace.LAB))).hasToString("""
                        {"name":"taplab-net","driver":"bridge","network_interface":"br-c6120900",\
                        "internal":true,"dns_enabled":false,\
                        "subnets":[{"subnet":"198.18.9.0/24"}],"labels":{"of":"lab"}}""");
    }

    @Test
    void oneWithTheHostAsGatewayHasAnAddressThere() {
        assertThat(PodmanKind.declared(request(GatewayPlace.DOCKER_HOST)).at("/subnets/0"))
                .hasToString("""
                        {"subnet":"198.18.9.0/24","gateway":"198.18.9.1"}""");
    }

    @Test
    void itIsMadeThroughPodmansOwnApi() throws Exception {
        fake.on(CREATE, answer(200, "{\"name\":\"taplab-net\",\"id\":\"f00d\"}"));
        DockerEngine engine = fake.connect(Duration.ofSeconds(10));

        assertThat(engine.networks().create(request(GatewayPlace.LAB)))
                .isEqualTo(new CreatedNetwork("f00d", "br-c6120900", false, false));
        engine.close();
    }

    /** Its words for it are its own; the bridge's name is made of the subnet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "subnet 198.18.9.0/24 is already used on the host or by another config",
                "bridge name br-c6120900 already in use"
            })
    void aSubnetThatIsTakenIsOneToTryAnotherFor(String words) {
        fake.on(CREATE, answer(500, "{\"message\":\"%s\",\"response\":500}".formatted(words)));
        DockerEngine engine = fake.connect(Duration.ofSeconds(10));

        assertThatThrownBy(() -> engine.networks().create(request(GatewayPlace.LAB)))
                .isInstanceOf(SubnetTakenException.class)
                .hasMessageContaining("198.18.9.0/24 overlaps with another network of the Docker host");
        engine.close();
    }

    @Test
    void aRefusalIsTold() {
        fake.on(CREATE, answer(500, "{\"message\":\"netavark: no such file\"}"));
        DockerEngine engine = fake.connect(Duration.ofSeconds(10));

        assertThatThrownBy(() -> engine.networks().create(request(GatewayPlace.LAB)))
                .isInstanceOf(DockerException.class)
                .hasMessage("Status 500: {\"message\":\"netavark: no such file\"}");
        engine.close();
    }

    @Test
    void itsContainersHaveTheCapabilitiesThatDockerGivesByItself() {
        assertThat(new PodmanKind(fake.place()).capabilities())
                .containsExactly(Capability.AUDIT_WRITE, Capability.MKNOD, Capability.NET_RAW);
    }
}
