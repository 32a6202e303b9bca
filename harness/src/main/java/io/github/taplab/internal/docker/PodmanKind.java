package io.github.taplab.internal.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Capability;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.Subnet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;

/** Podman, as root. */
final class PodmanKind implements EngineKind {

    // The oldest version of that API, which all later ones speak.
    private static final String PATH = "/v4.0.0/libpod/networks/create";
    private static final int FIRST_ERROR = 400;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final URI place;

    /** One that listens there. */
    PodmanKind(URI place) {
        this.place = place;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Podman knows no {@code inhibit_ipv4}, but gives the bridge of an {@code --internal} network an address only
     * for its name server, and filters nothing there. Docker's API always asks for that server, so this goes by
     * Podman's.
     */
    @Override
    public CreatedNetwork create(DockerClient asked, NetworkRequest request) {
        try {
            HttpAnswer answer = HttpAnswer.toPost(place, PATH, declared(request).toString());
            if (answer.status() >= FIRST_ERROR) {
                throw new DockerException(answer.body(), answer.status());
            }
            return new CreatedNetwork(
                    MAPPER.readTree(answer.body()).path("id").asText(), bridge(request.subnet()), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A network in Podman's words. */
    static JsonNode declared(NetworkRequest request) {
        ObjectNode network = MAPPER.createObjectNode()
                .put("name", request.name())
                .put("driver", "bridge")
                .put("network_interface", bridge(request.subnet()))
                .put("internal", true)
                .put("dns_enabled", false);
        ObjectNode subnet = network.putArray("subnets")
                .addObject()
                .put("subnet", request.subnet().toString());
        if (request.place() == GatewayPlace.DOCKER_HOST) {
            subnet.put("gateway", request.gateway().getHostAddress());
        }
        ObjectNode labels = network.putObject("labels");
        request.labels().forEach(labels::put);
        return network;
    }

    // Its own choice is a number that does not come with the network's id.
    private static String bridge(Subnet subnet) {
        return "br-" + HexFormat.of().formatHex(subnet.network().getAddress());
    }

    /** It gives fewer, and without the second no macvtap has a device node. */
    @Override
    public List<Capability> capabilities() {
        return List.of(Capability.AUDIT_WRITE, Capability.MKNOD, Capability.NET_RAW);
    }
}
