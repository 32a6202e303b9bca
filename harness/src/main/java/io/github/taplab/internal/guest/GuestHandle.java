package io.github.taplab.internal.guest;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.fault.Port;
import io.github.taplab.internal.http.BusyboxWget;
import io.github.taplab.internal.http.HttpClient;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.node.AbstractNode;
import io.github.taplab.internal.node.SshTarget;
import io.github.taplab.internal.ssh.DropbearClient;
import io.github.taplab.internal.ssh.HostKey;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.internal.ssh.SshHost;
import io.github.taplab.internal.ssh.SshLogin;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.CommandResult;
import io.github.taplab.node.Guest;
import io.github.taplab.node.GuestShell;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.node.Node;
import io.github.taplab.node.Route;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.Cidr;
import io.github.taplab.spec.GuestSpec;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A guest, whatever runs its machine. */
public final class GuestHandle extends AbstractNode implements Guest, SshTarget {

    // Far above what an emulated guest needs on an idle machine: others may boot on the same cores.
    private static final Duration BOOT = Duration.ofMinutes(3);
    private static final Duration HOTPLUG = Duration.ofSeconds(20);

    private final MachineConfig config;
    private final NicConfig nicConfig;
    private final Launcher launcher;
    private final Machine machine;
    private final GuestAgent agent;
    private final LabKey labKey;

    private GuestHandle(MachineConfig config, NicConfig nicConfig, Launcher launcher, Machine machine, LabKey labKey) {
        super(config.name(), SmallGuest.nic(nicConfig.index()));
        this.config = config;
        this.nicConfig = nicConfig;
        this.launcher = launcher;
        this.machine = machine;
        this.labKey = labKey;
        agent = new GuestAgent(config.name(), machine);
    }

    /** Everything that a guest's machine is made of. */
    public static MachineConfig config(GuestSpec guest, List<NicConfig> nics, boolean kvm, Launcher launcher) {
        return new MachineConfig(
                guest,
                nics,
                kvm,
                SmallGuest.KERNEL,
                SmallGuest.INITRD,
                launcher.run("cat", SmallGuest.CMDLINE).text(),
                "/var/log/taplab/" + guest.name() + "-console.log");
    }

    /** Waits until the agent of a machine that has been started answers, and makes it ready for tests. */
    public static GuestHandle boot(
            MachineConfig config, Launcher launcher, Machine machine, LabKey labKey, Phases phases) {
        GuestHandle guest = new GuestHandle(config, config.nics().get(0), launcher, machine, labKey);
        phases.time(config.name() + " boot", () -> guest.awaitAgent(machine.agentConnected()));
        phases.time(config.name() + " keys", guest::authorize);
        return guest;
    }

    private void awaitAgent(CompletableFuture<Void> connected) {
        Waiting.forEvent(
                "%s boots and its agent answers".formatted(name()),
                BOOT,
                connected,
                () -> "console of %s:%n%s".formatted(name(), consoleTail(30)));
    }

    private void authorize() {
        agent.writeFile(SmallGuest.AUTHORIZED_KEYS, labKey.authorizedKeysLine().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public GuestShell shell() {
        return agent;
    }

    @Override
    public GuestHandle on(String nic) {
        return config.nics().stream()
                .filter(candidate -> SmallGuest.nic(candidate.index()).equals(nic))
                .findFirst()
                .map(found -> new GuestHandle(config, found, launcher, machine, labKey))
                .orElseThrow(() -> new IllegalArgumentException("%s has no NIC %s, it has %s"
                        .formatted(
                                name(),
                                nic,
                                config.nics().stream()
                                        .map(known -> SmallGuest.nic(known.index()))
                                        .toList())));
    }

    /** Name of one of its NICs. */
    public String nic(int index) {
        return SmallGuest.nic(index);
    }

    @Override
    public Launcher launcher() {
        return launcher;
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        return agent.tryRun(deadline, argv);
    }

    @Override
    protected SshLogin.Result logIn(InetAddress at, SshHost host) {
        return DropbearClient.attempt(agent, agent::writeFile, at, host);
    }

    @Override
    protected HttpClient httpClient() {
        return new BusyboxWget();
    }

    /** Has it ask this name server, and no other. */
    public void useNameServer(InetAddress server) {
        agent.writeFile(
                SmallGuest.RESOLV_CONF,
                "nameserver %s\n".formatted(server.getHostAddress()).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Link macvtap() {
        return launcher.link(machine.macvtap(nicConfig));
    }

    // The frame takes the way of the guest's own: the macvtap sends it. A guest has no tool that would do it inside.
    @Override
    protected void announceIpv6(InetAddress ip) {
        throw new IllegalArgumentException(
                ("%s has no tool that announces an IPv6 address, such as %s; send the announcement from the launcher's end"
                                + " of its NIC: guest.launcher().send(guest.macvtap().name(),"
                                + " EthernetFrame.neighbourAdvertisement(guest.mac(), ip))")
                        .formatted(name(), Cidr.text(ip)));
    }

    @Override
    public void copyAddressFrom(Node other) {
        addAddress(other.cidr());
        other.routes().stream()
                .filter(Route::isDefault)
                .forEach(route -> route.via().ifPresent(this::addDefaultRoute));
    }

    @Override
    public Undo unplugCable() {
        return faults().unplugCable(() -> {
            machine.setLink(nicConfig, false);
            return () -> machine.setLink(nicConfig, true);
        });
    }

    @Override
    public Undo hotUnplug() {
        return faults().takeOut(() -> {
            machine.unplug(nicConfig);
            return () -> {
                machine.plug(nicConfig);
                Waiting.until(
                        "%s finds its NIC %s".formatted(name(), nic()),
                        HOTPLUG,
                        this::links,
                        links -> links.stream().anyMatch(link -> link.name().equals(nic())));
            };
        });
    }

    @Override
    protected Port port() {
        return new Port(launcher, machine.macvtap(nicConfig), false);
    }

    @Override
    public void reboot() {
        awaitAgent(machine.reboot());
        authorize();
    }

    @Override
    public String consoleTail(int lines) {
        return launcher.tryRun("tail", "-n", Integer.toString(lines), config.consoleLog())
                .stdout();
    }

    @Override
    public String domainXml() {
        if (config.guest().attachment() == Attachment.QEMU) {
            throw new IllegalStateException(name() + " runs without libvirt, so it has no domain XML");
        }
        return machine.description();
    }

    /** What its machine was started from, for people. */
    public String machineDescription() {
        return machine.description();
    }

    @Override
    public List<String> commandLine() {
        String pid = launcher.run("cat", machine.pidFile()).text();
        return Stream.of(launcher.run("cat", "/proc/" + pid + "/cmdline")
                        .stdout()
                        .split("\0"))
                .toList();
    }

    // Asked each time: a guest that has restarted has a new key.
    @Override
    public SshHost sshHost() {
        return new SshHost(
                name(), HostKey.of(agent.run("cat", SmallGuest.HOST_KEY).text()), labKey);
    }
}
