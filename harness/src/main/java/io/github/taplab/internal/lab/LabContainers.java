package io.github.taplab.internal.lab;

import io.github.taplab.internal.address.LabAddresses;
import io.github.taplab.internal.address.LabAddresses.Role;
import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.spec.HostNumbers;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The containers of a lab: pure functions from its spec to requests. */
final class LabContainers {

    // To change links, addresses and routes of their own network namespace. All else is Docker's default.
    private static final List<String> CAPABILITIES = List.of("NET_ADMIN");

    private final LabSpec spec;
    private final HostFacts facts;
    private final String image;
    private final Map<String, DiskImage> disks;
    private final LabSnapshots snapshots;
    private final LabNetwork network;
    private final String prefix;
    private final Map<String, String> labels;

    /**
     * The containers of one lab; none of them is started here.
     *
     * @param image of all of them
     * @param disks the images of those guests that have a disk, by the guests' names
     * @param snapshots those of the guests that have to do with one
     * @param network the lab's network
     * @param prefix of the containers' names
     * @param labels of all of them
     */
    LabContainers(
            LabSpec spec,
            HostFacts facts,
            String image,
            Map<String, DiskImage> disks,
            LabSnapshots snapshots,
            LabNetwork network,
            String prefix,
            Map<String, String> labels) {
        this.spec = spec;
        this.facts = facts;
        this.image = image;
        this.disks = Map.copyOf(disks);
        this.snapshots = snapshots;
        this.network = network;
        this.prefix = prefix;
        this.labels = Map.copyOf(labels);
    }

    /** A launcher. Making device nodes is in Docker's default rules; using them takes a rule of its own. */
    ContainerRequest launcher(String name) {
        int host = new HostNumbers(spec).launcher(name);
        List<String> devices = new ArrayList<>(List.of("c %d:* rw".formatted(facts.macvtapMajor())));
        if (facts.kvm()) {
            devices.add("c 10:232 rw");
        }
        if (facts.vhost()) {
            devices.add("c 10:238 rw");
        }
        if (LauncherBridge.isIn(spec, name)) {
            devices.add("c 10:200 rw"); // /dev/net/tun
        }
        return new ContainerRequest(
                prefix + name,
                image,
                List.of("/usr/lib/taplab/launcher"),
                Optional.of(name),
                network.name(),
                Optional.of(addresses().ip(host)),
                Optional.of(addresses().mac(Role.LAUNCHER, host)),
                dns(),
                sysctls(),
                spec.privileged() ? List.of() : CAPABILITIES,
                spec.privileged() ? List.of() : devices,
                spec.privileged(),
                volumes(name),
                labels);
    }

    private List<VolumeMount> volumes(String launcher) {
        return spec.guests().stream()
                .filter(guest -> guest.launcher().equals(launcher))
                .flatMap(guest -> Stream.concat(
                        Stream.ofNullable(disks.get(guest.name())).flatMap(disk -> disk.volumes().stream()),
                        snapshots.volume(guest).stream()))
                .distinct()
                .toList();
    }

    ContainerRequest client(String name) {
        int host = new HostNumbers(spec).client(name);
        return station(name, host, addresses().mac(Role.CLIENT, host), sysctls());
    }

    /** The gateway. Docker keeps the first address for the bridge, so a container takes it over once it runs. */
    ContainerRequest gateway() {
        return switch (spec.gateway()) {
            case LAB ->
                station(
                        LabSpec.GATEWAY_NAME,
                        HostNumbers.GATEWAY_CONTAINER,
                        addresses().mac(Role.GATEWAY, HostNumbers.GATEWAY),
                        spec.internet().isEmpty() ? sysctls() : forwarding());
            // Commands of the user's own run there, and the host is not the lab's to change.
            case DOCKER_HOST ->
                ContainerRequest.inHostsNetwork(prefix + LabSpec.GATEWAY_NAME, image, List.of(), labels);
        };
    }

    /** The web server. Its name server is one that does not answer there: it has nobody to ask for. */
    ContainerRequest webServer(Wan wan) {
        List<String> command = new ArrayList<>(
                List.of("/usr/lib/taplab/webserver", wan.serverIp().getHostAddress()));
        command.addAll(spec.internet());
        command.add("--");
        return new ContainerRequest(
                prefix + LabSpec.WEB_SERVER_NAME,
                image,
                command,
                Optional.of(LabSpec.WEB_SERVER_NAME),
                wan.network().name(),
                Optional.of(wan.serverIp()),
                Optional.of(wan.serverMac()),
                Optional.of(wan.gatewayIp()),
                Map.of(),
                CAPABILITIES,
                List.of(),
                false,
                List.of(),
                labels);
    }

    private ContainerRequest station(String name, int host, MacAddress mac, Map<String, String> sysctls) {
        return new ContainerRequest(
                prefix + name,
                image,
                List.of(),
                Optional.of(name),
                network.name(),
                Optional.of(addresses().ip(host)),
                Optional.of(mac),
                dns(),
                sysctls,
                CAPABILITIES,
                List.of(),
                false,
                List.of(),
                labels);
    }

    private LabAddresses addresses() {
        return network.addresses();
    }

    private Optional<InetAddress> dns() {
        return Optional.of(addresses().ip(HostNumbers.GATEWAY));
    }

    /** Docker switches IPv6 off on an IPv4 network. */
    private Map<String, String> sysctls() {
        return spec.ipv6() ? Map.of("net.ipv6.conf.all.disable_ipv6", "0") : Map.of();
    }

    private Map<String, String> forwarding() {
        Map<String, String> sysctls = new HashMap<>(sysctls());
        sysctls.put("net.ipv4.ip_forward", "1");
        return sysctls;
    }

    /** The gateway's interface on the lab's network. */
    String gatewayNic() {
        return switch (spec.gateway()) {
            case LAB -> NodeStarter.NIC;
            case DOCKER_HOST -> network.bridge();
        };
    }
}
