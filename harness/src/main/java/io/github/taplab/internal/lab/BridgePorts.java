package io.github.taplab.internal.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.node.Hairpin;
import io.github.taplab.node.Undo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The ports of the lab's bridge, which are interfaces of the Docker host. They are reached through a container in the
 * host's network namespace, so that it works with a remote host too.
 */
final class BridgePorts implements Hairpin {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Supplier<LeasedContainer> dockerHost;

    BridgePorts(Supplier<LeasedContainer> dockerHost) {
        this.dockerHost = dockerHost;
    }

    @Override
    public Undo enable(LeasedContainer node, String nic) {
        String port = portOf(node, nic);
        set(port, "on");
        return () -> set(port, "off");
    }

    private void set(String port, String value) {
        dockerHost
                .get()
                .exec("Docker host", SOON, List.of("bridge", "link", "set", "dev", port, "hairpin", value))
                .orThrow();
    }

    /** The other end of a container's veth pair is the host's interface whose index the container's end names. */
    private String portOf(LeasedContainer node, String nic) {
        int index = Integer.parseInt(node.exec(node.name(), SOON, List.of("cat", "/sys/class/net/" + nic + "/iflink"))
                .orThrow()
                .text());
        String links = dockerHost
                .get()
                .exec("Docker host", SOON, List.of("ip", "-j", "link", "show"))
                .orThrow()
                .stdout();
        try {
            for (JsonNode link : MAPPER.readTree(links)) {
                if (link.path("ifindex").asInt() == index) {
                    return link.path("ifname").asText();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ip -j printed no JSON: " + links, e);
        }
        throw new IllegalStateException(
                "The Docker host has no interface %d, the other end of %s of %s".formatted(index, nic, node.name()));
    }
}
