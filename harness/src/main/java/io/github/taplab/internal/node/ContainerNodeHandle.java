package io.github.taplab.internal.node;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.internal.capture.TcpdumpCapture;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.ssh.SshHost;
import io.github.taplab.internal.ssh.SshLogin;
import io.github.taplab.node.CommandResult;
import io.github.taplab.node.ContainerNode;
import io.github.taplab.node.Undo;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** What the lab's containers have in common. */
abstract class ContainerNodeHandle extends AbstractNode implements ContainerNode {

    private final LeasedContainer container;
    private final Hairpin hairpin;

    /**
     * A node that runs in a container.
     *
     * @param nic its interface on the lab's network
     */
    ContainerNodeHandle(String name, String nic, LeasedContainer container, Hairpin hairpin) {
        super(name, nic);
        this.container = container;
        this.hairpin = hairpin;
    }

    /** The container that the node runs in. */
    public final LeasedContainer container() {
        return container;
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        return container.exec(name(), deadline, List.of(argv));
    }

    @Override
    protected SshLogin.Result logIn(InetAddress at, SshHost host) {
        return SshLogin.attempt(container::open, at, host);
    }

    @Override
    public Undo enableHairpin() {
        return hairpin.enable(container, nic());
    }

    @Override
    public void send(String link, EthernetFrame frame) {
        FrameSending.send(this, link, frame);
    }

    @Override
    protected void announceIpv6(InetAddress ip) {
        send(EthernetFrame.neighbourAdvertisement(mac(), ip));
    }

    @Override
    public Capture capture(String link, String filter) {
        return TcpdumpCapture.start(name(), link, filter, container::open);
    }
}
