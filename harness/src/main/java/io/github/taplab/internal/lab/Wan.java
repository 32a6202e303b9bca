package io.github.taplab.internal.lab;

import io.github.taplab.internal.address.LabAddresses;
import io.github.taplab.internal.address.LabAddresses.Role;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.Map;

/**
 * The network between the gateway and the lab's internet, of the same kind as the lab's own: without an address on the
 * Docker host, so that nothing can be routed off the machine.
 */
final class Wan implements AutoCloseable {

    // Docker keeps host 1 for the bridge.
    private static final int GATEWAY_HOST = 2;
    private static final int SERVER_HOST = 3;

    private final LabNetwork network;

    Wan(LabNetwork network) {
        this.network = network;
    }

    LabNetwork network() {
        return network;
    }

    /**
     * Creates the network with any free part of {@link LabAddresses#WAN_RANGE}.
     *
     * @throws IllegalStateException if there is none
     */
    static Wan create(DockerEngine docker, String name, Map<String, String> labels) {
        return FreeSubnet.of(
                LabAddresses.WAN_RANGE,
                LabAddresses.WAN_PREFIX_LENGTH,
                candidate -> new Wan(LabNetwork.create(docker, GatewayPlace.LAB, candidate, name, labels)));
    }

    InetAddress gatewayIp() {
        return network.subnet().host(GATEWAY_HOST);
    }

    MacAddress gatewayMac() {
        return mac(Role.GATEWAY, gatewayIp());
    }

    InetAddress serverIp() {
        return network.subnet().host(SERVER_HOST);
    }

    MacAddress serverMac() {
        return mac(Role.INTERNET, serverIp());
    }

    /** The address's last octet says more in a capture than its number in a network of six. */
    private MacAddress mac(Role role, InetAddress ip) {
        return network.addresses().mac(role, Byte.toUnsignedInt(ip.getAddress()[3]));
    }

    @Override
    public void close() {
        network.close();
    }
}
