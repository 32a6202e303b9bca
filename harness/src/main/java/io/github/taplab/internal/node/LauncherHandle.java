package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import java.util.List;
import java.util.Optional;

/** The launcher of a lab. */
public final class LauncherHandle extends ContainerNodeHandle implements Launcher {

    private static final Optional<String> MACVTAP = Optional.of("macvtap");

    public LauncherHandle(String name, String nic, LeasedContainer container, Hairpin hairpin) {
        super(name, nic, container, hairpin);
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
        removeAddress(cidr());
    }
}
