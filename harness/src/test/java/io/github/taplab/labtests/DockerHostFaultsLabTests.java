package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.ring.LabFrames;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.Impairment;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * The Docker host can stand in a lab, but it is not the lab's to change. What is tried here is tried on the lab's own
 * bridge, which is gone with the lab whatever happens.
 */
@LabContainer(gateway = GatewayPlace.DOCKER_HOST)
class DockerHostFaultsLabTests {

    @Test
    void theDockerHostIsNotBroken(Gateway host, Client client) {
        List<Supplier<Undo>> faults = List.of(
                () -> host.takeDown(host.nic()),
                () -> host.overrideMtu(host.nic(), 1400),
                () -> host.spoofMac(host.mac().sibling()),
                () -> host.partitionFrom(client),
                () -> client.partitionFrom(host),
                () -> host.impair(Impairment.loss(10)),
                host::suppressNeighbourAnswers,
                () -> host.forgeArpAnswers(client.ip(), host.mac()),
                () -> host.poisonNeighbour(client.ip(), client.mac().sibling()));
        String before = state(host);

        for (Supplier<Undo> fault : faults) {
            assertThatThrownBy(fault::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("gateway is the Docker host itself, which outlives the lab, so faults are refused:"
                            + " have a container for a gateway, @LabContainer(gateway = GatewayPlace.LAB)");
        }
        assertThat(state(host)).isEqualTo(before);
        assertThat(client).reaches(host.ip());
    }

    @Test
    void whatPassesTheDockerHostIsNotKept(Gateway host, Client client, Lab lab) {
        Instant before = Instant.now();
        assertThat(client).reaches(host.ip());

        LabFrames seen = Behind.of(RunningLab.class, lab).rings().since(before);
        assertThat(seen.incomplete()).isEmpty();
        assertThat(seen.frames()).extracting(RingFrame::node).contains("client").isSubsetOf("client", "launcher");
    }

    @Test
    void theDockerHostIsNotPluggedIn(Gateway host) {
        List<Supplier<Undo>> switches = List.of(host::enableHairpin, host::unplugCable);

        for (Supplier<Undo> onPort : switches) {
            assertThatThrownBy(onPort::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("gateway is the Docker host, and so the switch itself:"
                            + " it is not plugged into a port of it");
        }
    }

    @Test
    void theDockerHostIsNotChanged(Gateway host, Client client) {
        InetAddress ip = client.ip();
        InterfaceIp further = InterfaceIp.of("198.51.100.7/32");
        Prefix elsewhere = Prefix.of("198.51.100.7/32");
        List<ThrowingCallable> changes = List.of(
                () -> host.addAddress(further),
                () -> host.removeAddress(host.interfaceIp()),
                () -> host.addRoute(elsewhere, ip),
                () -> host.removeRoute(elsewhere),
                () -> host.setMac(host.mac().sibling()),
                () -> host.setDown(host.nic()),
                () -> host.joinGroup(MacAddress.of("01:00:5e:00:00:fb")),
                () -> host.enablePromiscuousMode(host.nic()),
                () -> host.enableAllMulticast(host.nic()));
        String before = state(host);

        for (ThrowingCallable change : changes) {
            assertThatThrownBy(change)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("gateway is the Docker host itself, which outlives the lab, so ")
                    .hasMessageEndingWith(" is refused:"
                            + " have a container for a gateway, @LabContainer(gateway = GatewayPlace.LAB)");
        }
        assertThat(state(host)).isEqualTo(before);
    }

    @Test
    void theKernelRefusesCommandsThatWouldChangeIt(Gateway host, Client client) {
        String nic = host.nic();
        String mac = client.mac().toString();
        List<List<String>> commands = List.of(
                List.of("ip", "link", "set", "dev", nic, "mtu", "1400"),
                List.of("ip", "link", "set", "dev", nic, "promisc", "on"),
                List.of("ip", "maddress", "add", "01:00:5e:00:00:fb", "dev", nic),
                List.of("ip", "address", "add", "198.51.100.7/32", "dev", nic),
                List.of("ip", "route", "add", "198.51.100.8/32", "dev", nic),
                List.of("ip", "neigh", "add", "198.51.100.9", "lladdr", mac, "dev", nic, "nud", "permanent"),
                List.of("ip", "neigh", "flush", "dev", nic));
        // So that there is something to flush.
        assertThat(host).reaches(client.ip());
        String before = state(host);

        for (List<String> command : commands) {
            CommandResult result = host.tryRun(command.toArray(String[]::new));
            assertThat(result.succeeded()).as("%s", result).isFalse();
            assertThat(result.stderr()).as("%s", result).containsIgnoringCase("Operation not permitted");
        }
        assertThat(state(host)).isEqualTo(before);
    }

    @Test
    void theDockerHostCanBeLookedAt(Gateway host, Client client) {
        assertThat(host.link(host.nic())).isUp();
        assertThat(host.routes()).anyMatch(route -> host.nic().equals(route.link()));
        assertThat(host.groups(host.nic())).isNotEmpty();
        assertThat(host.whoHas(client.ip())).isAnsweredOnlyBy(client.mac());
    }

    @Test
    void theDockerHostTalksInTheLab(Gateway host, Client client) {
        try (Capture heard = client.capture(client.nic(), "arp");
                Capture sent = host.capture(host.nic(), "arp")) {
            host.announce(host.ip());
            heard.await("the announcement, at the client", frame -> true, Duration.ofSeconds(5));
            sent.await("the announcement, at the host", frame -> true, Duration.ofSeconds(5));
        }
        try (Capture heard = client.capture(client.nic(), "icmp6")) {
            host.send(EthernetFrame.neighbourAdvertisement(host.mac(), InterfaceIp.ip("fd74:6170:6c62:1::1")));
            heard.await("the host's frame", frame -> true, Duration.ofSeconds(5));
        }
        EthernetFrame frame = EthernetFrame.neighbourAdvertisement(host.mac(), InterfaceIp.ip("fd74:6170:6c62:1::1"));
        assertThatThrownBy(() -> host.send("lo", frame))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "gateway is the Docker host itself, so it sends frames into the lab only,"
                                + " through %s and not through lo",
                        host.nic());
    }

    @Test
    void theDockerHostForgetsItsNeighboursInTheLab(Gateway host, Client client) {
        assertThat(host).reaches(client.ip());
        assertThat(host.neighbours()).extracting(Neighbour::ip).contains(client.ip());

        host.flushNeighbours();

        assertThat(host.neighbours()).extracting(Neighbour::ip).doesNotContain(client.ip());
    }

    /** What could have been changed of the bridge, and does not change by itself as its IPv6 addresses do at first. */
    private static String state(Gateway host) {
        return host.sh("""
                        ip -j link show dev %1$s
                        ip -j -4 address show dev %1$s
                        ip -j -4 route show table all dev %1$s
                        ip -j neigh show nud permanent dev %1$s
                        ip -j maddress show dev %1$s | grep -o 01:00:5e:00:00:fb || echo no such group
                        """.formatted(host.nic())).stdout();
    }
}
