package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Undo;
import java.net.InetAddress;
import java.util.Optional;

/** The gateway of a lab, a container. */
public class GatewayHandle extends ContainerNodeHandle implements Gateway {

    private final Optional<? extends Uplink> uplink;

    /**
     * A gateway.
     *
     * @param port where it is plugged in; empty for the Docker host itself, see {@link DockerHostHandle}
     * @param uplink empty: the lab has no internet
     * @param stations of the lab
     */
    public GatewayHandle(
            String name,
            String nic,
            LeasedContainer container,
            Optional<SwitchPort> port,
            Optional<? extends Uplink> uplink,
            Stations stations) {
        super(name, nic, container, port, stations);
        this.uplink = uplink;
    }

    @Override
    public String wanNic() {
        return uplink().nic();
    }

    @Override
    public InetAddress wanIp() {
        return ipv4Of(uplink().nic()).ip();
    }

    @Override
    public Undo stopDns() {
        return uplink().stopDns();
    }

    @Override
    public Undo stopNat() {
        return uplink().stopNat();
    }

    private Uplink uplink() {
        return uplink.orElseThrow(() ->
                new IllegalStateException("The lab has no internet, name its hosts in @LabContainer(internet = …)"));
    }
}
