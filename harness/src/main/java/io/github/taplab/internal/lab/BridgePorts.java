package io.github.taplab.internal.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.internal.iproute.IprouteJson;
import io.github.taplab.internal.node.SwitchPort;
import io.github.taplab.node.Shell;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ports of the lab's bridge, which are interfaces of the Docker host. They are reached through a container in the
 * host's network namespace, so that it works with a remote host too.
 */
final class BridgePorts implements SwitchPort {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Shell dockerHost;
    private final Map<String, Setting> before = new ConcurrentHashMap<>();

    BridgePorts(Shell dockerHost) {
        this.dockerHost = dockerHost;
    }

    /** How a port is set. */
    private record Setting(boolean hairpin, boolean up) {

        static Setting of(JsonNode port) {
            return new Setting(
                    port.at("/linkinfo/info_slave_data/hairpin").asBoolean(), IprouteJson.hasFlag(port, "UP"));
        }
    }

    @Override
    public Undo enableHairpin(LeasedContainer node, String nic) {
        JsonNode port = port(node, nic);
        boolean hairpin = changing(port).hairpin();
        return UndoStack.commanding(() -> setHairpin(name(port), true), () -> setHairpin(name(port), hairpin));
    }

    private void setHairpin(String port, boolean on) {
        run("bridge", "link", "set", "dev", port, "hairpin", on ? "on" : "off");
    }

    @Override
    public Undo setDown(LeasedContainer node, String nic) {
        JsonNode port = port(node, nic);
        boolean up = changing(port).up();
        return UndoStack.commanding(() -> setUp(name(port), false), () -> setUp(name(port), up));
    }

    private void setUp(String port, boolean up) {
        run("ip", "link", "set", "dev", port, up ? "up" : "down");
    }

    private static String name(JsonNode port) {
        return port.path("ifname").asText();
    }

    private Setting changing(JsonNode port) {
        Setting now = Setting.of(port);
        before.putIfAbsent(name(port), now);
        return now;
    }

    /** Keeps all ports as they are now. */
    void keep() {
        before.clear();
    }

    /** Puts those back that have been changed since they were kept. */
    void putBack() {
        before.forEach((port, setting) -> {
            setHairpin(port, setting.hairpin());
            setUp(port, setting.up());
        });
        before.clear();
    }

    /** The other end of a container's veth pair is the host's interface whose index the container's end names. */
    private JsonNode port(LeasedContainer node, String nic) {
        int index = Integer.parseInt(node.exec(node.name(), SOON, List.of("cat", "/sys/class/net/" + nic + "/iflink"))
                .orThrow()
                .text());
        for (JsonNode link :
                IprouteJson.ip(run("ip", "-j", "-details", "link", "show").stdout())) {
            if (link.path("ifindex").asInt() == index) {
                return link;
            }
        }
        throw new IllegalStateException(
                "The Docker host has no interface %d, the other end of %s of %s".formatted(index, nic, node.name()));
    }

    private CommandResult run(String... argv) {
        return dockerHost.tryRun(SOON, argv).orThrow();
    }
}
