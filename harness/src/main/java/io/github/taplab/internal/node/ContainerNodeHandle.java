package io.github.taplab.internal.node;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.capture.TcpdumpCapture;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.fault.Port;
import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.internal.http.Curl;
import io.github.taplab.internal.http.HttpClient;
import io.github.taplab.internal.ssh.SshHost;
import io.github.taplab.internal.ssh.SshLogin;
import io.github.taplab.internal.ssh.SshUser;
import io.github.taplab.node.ContainerNode;
import io.github.taplab.node.Guest;
import io.github.taplab.node.SshAttempt;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the lab's containers have in common. */
abstract class ContainerNodeHandle extends AbstractNode implements ContainerNode, Enterable {

    private final LeasedContainer container;
    private final Optional<SwitchPort> switchPort;

    /**
     * A node that runs in a container.
     *
     * @param nic its interface on the lab's network
     * @param switchPort where that is plugged in; empty for the Docker host itself
     * @param stations of the lab
     */
    ContainerNodeHandle(
            String name, String nic, LeasedContainer container, Optional<SwitchPort> switchPort, Stations stations) {
        super(name, nic, stations);
        this.container = container;
        this.switchPort = switchPort;
    }

    /** The container that the node runs in. */
    public final LeasedContainer container() {
        return container;
    }

    @Override
    public final List<Entrance> entrances() {
        return Entrance.container(container.name(), nic());
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        call("run").command(deadline, argv);
        return container.exec(name(), deadline, List.of(argv));
    }

    @Override
    protected SshLogin.Result logIn(InetAddress at, SshHost host) {
        return SshLogin.attempt(nic(), container::open, at, host, SshUser.ROOT);
    }

    @Override
    public SshAttempt sshWithPassword(Guest target, String user, String password) {
        call("sshWithPassword").given("a guest", target);
        call("sshWithPassword").user(user);
        call("sshWithPassword").given("a password", password);
        SshUser who = new SshUser(user, Optional.of(password));
        return attempt(target, target.ip(), (at, host) -> SshLogin.attempt(nic(), container::open, at, host, who));
    }

    @Override
    protected HttpClient httpClient() {
        return new Curl();
    }

    @Override
    protected Port port() {
        return Port.of(this, nic());
    }

    /** The interface that is plugged into the lab's bridge. */
    protected String cable() {
        return nic();
    }

    private SwitchPort switchPort() {
        return switchPort.orElseThrow(() -> new IllegalStateException(
                "%s is the Docker host, and so the switch itself: it is not plugged into a port of it"
                        .formatted(name())));
    }

    @Override
    public Undo enableHairpin() {
        return switchPort().enableHairpin(container, cable());
    }

    @Override
    public Undo unplugCable() {
        SwitchPort plugged = switchPort();
        return faults().unplugCable(cable(), () -> plugged.setDown(container, cable()));
    }

    @Override
    public void send(String link, EthernetFrame frame) {
        call("send").link(link);
        call("send").given("a frame", frame);
        FrameSending.send(this, link, frame);
    }

    @Override
    public Undo serveDhcp(InetAddress first, InetAddress last) {
        call("serveDhcp").given("the first address", first);
        call("serveDhcp").given("the last address", last);
        return serving(Dnsmasq.dhcp(nic(), first, last));
    }

    @Override
    public Undo advertiseRouter(Prefix network) {
        call("advertiseRouter").given("a network", network);
        return serving(Dnsmasq.router(nic(), network));
    }

    private Undo serving(Dnsmasq server) {
        return UndoStack.commanding(
                () -> run(server.start().toArray(String[]::new)),
                () -> run(server.stop().toArray(String[]::new)));
    }

    @Override
    protected void announceIpv6(InetAddress ip) {
        send(EthernetFrame.neighbourAdvertisement(mac(), ip));
    }

    @Override
    public Capture capture(String link, String filter) {
        call("capture").link(link);
        call("capture").filter(filter);
        return TcpdumpCapture.start(name(), link, filter, container::open);
    }
}
