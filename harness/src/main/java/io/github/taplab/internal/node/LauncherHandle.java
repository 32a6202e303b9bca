package io.github.taplab.internal.node;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.fault.Port;
import io.github.taplab.internal.trouble.Trouble;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import java.util.List;
import java.util.Optional;

/** The launcher of a lab. */
public final class LauncherHandle extends ContainerNodeHandle implements Launcher {

    private static final Optional<String> MACVTAP = Optional.of("macvtap");
    // libvirt opens /dev/net/tun for each tap; the container's /dev has none. A bridge that is given no MAC address
    // takes the lowest of its ports'.
    private static final String ADD_BRIDGE = """
            set -e
            [ -c /dev/net/tun ] || { mkdir -p /dev/net && mknod -m 0600 /dev/net/tun c 10 200; }
            : <>/dev/net/tun
            ip link add "$1" address "$(cat "/sys/class/net/$2/address")" type bridge
            ip address flush dev "$2"
            ip link set dev "$2" master "$1"
            ip link set dev "$1" up
            """;

    private final String parent;

    /**
     * A launcher.
     *
     * @param parent its interface on the lab's network
     * @param nic the same, or the bridge of which that is a port
     * @param port where it is plugged in
     * @param stations of the lab
     */
    public LauncherHandle(
            String name, String parent, String nic, LeasedContainer container, SwitchPort port, Stations stations) {
        super(name, nic, container, Optional.of(port), stations);
        this.parent = parent;
    }

    // Frames of guests pass a parent under macvtaps, but of a bridge only its ports.
    @Override
    protected Port port() {
        return nic().equals(parent) ? Port.shared(this, parent) : Port.of(this, nic());
    }

    @Override
    protected String cable() {
        return parent;
    }

    /** Makes the parent interface a port of a bridge with its MAC address; addresses and routes are gone then. */
    public void addBridge() {
        Trouble.explain(tryRun("sh", "-c", ADD_BRIDGE, "bridge", nic(), parent)).orThrow();
    }

    /** Makes a macvtap on the parent interface, as {@code ip link add … type macvtap} does, and sets it up. */
    public void addMacvtap(String macvtap, MacAddress mac, MacvtapMode mode) {
        addMacvtap(macvtap, mac, mode, "up");
    }

    /** The same, but it stays down. */
    public void addMacvtapDown(String macvtap, MacAddress mac, MacvtapMode mode) {
        addMacvtap(macvtap, mac, mode, "down");
    }

    private void addMacvtap(String macvtap, MacAddress mac, MacvtapMode mode, String state) {
        CommandResult added = tryRun(
                "ip",
                "link",
                "add",
                "link",
                parent,
                "name",
                macvtap,
                "address",
                mac.toString(),
                state,
                "type",
                "macvtap",
                "mode",
                mode.kernelName());
        Trouble.explain(added).orThrow();
    }

    @Override
    public Link parent() {
        return link(parent);
    }

    @Override
    public List<Link> macvtaps() {
        return links().stream().filter(link -> link.kind().equals(MACVTAP)).toList();
    }

    @Override
    public void removeAddress() {
        removeAddress(interfaceIp());
    }
}
