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

    public LauncherHandle(String name, String nic, LeasedContainer container, SwitchPort port, Stations stations) {
        super(name, nic, container, Optional.of(port), stations);
    }

    @Override
    protected Port port() {
        return new Port(this, nic(), true);
    }

    /** Makes a macvtap on the parent interface, as {@code ip link add … type macvtap} does, and sets it up. */
    public void addMacvtap(String macvtap, MacAddress mac, MacvtapMode mode) {
        CommandResult added = tryRun(
                "ip",
                "link",
                "add",
                "link",
                nic(),
                "name",
                macvtap,
                "address",
                mac.toString(),
                "up",
                "type",
                "macvtap",
                "mode",
                mode.kernelName());
        Trouble.explain(added).orThrow();
    }

    @Override
    public Link parent() {
        return link(nic());
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
