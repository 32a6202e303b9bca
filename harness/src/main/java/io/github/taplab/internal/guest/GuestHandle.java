package io.github.taplab.internal.guest;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.fault.Port;
import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.internal.http.HttpClient;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.PowerSwitch;
import io.github.taplab.internal.node.AbstractNode;
import io.github.taplab.internal.node.Enterable;
import io.github.taplab.internal.node.Entrance;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.node.SshTarget;
import io.github.taplab.internal.node.Stations;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.internal.ssh.SshHost;
import io.github.taplab.internal.ssh.SshLogin;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Console;
import io.github.taplab.node.Guest;
import io.github.taplab.node.GuestShell;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.node.Node;
import io.github.taplab.node.Screenshot;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A guest, whatever runs its machine. */
public final class GuestHandle extends AbstractNode implements Guest, SshTarget, Enterable {

    private static final Duration HOTPLUG = Duration.ofSeconds(20);

    private final GuestBoot boot;
    private final MachineConfig config;
    private final NicConfig nicConfig;
    private final Residence residence;
    private final PowerSwitch machine;
    private final Mover mover;
    private final GuestSystem system;
    private final RootShell shell;
    private final SshServer sshServer;
    private final Stations stations;
    private final BootMark mark;

    private GuestHandle(
            GuestBoot boot,
            NicConfig nicConfig,
            Residence residence,
            Mover mover,
            GuestSystem system,
            RootShell shell,
            SshServer sshServer,
            Stations stations) {
        super(boot.config().name(), system.nic(nicConfig.index()), stations);
        this.stations = stations;
        this.boot = boot;
        this.config = boot.config();
        this.nicConfig = nicConfig;
        this.residence = residence;
        machine = residence.machine();
        this.mover = mover;
        this.system = system;
        this.shell = shell;
        this.sshServer = sshServer;
        mark = new BootMark(boot, shell);
    }

    /** Where a guest's serial console is written, in the launcher. */
    public static String consoleLog(String guest) {
        return "/var/log/taplab/" + guest + "-console.log";
    }

    /** Waits until a machine that has been started takes commands, and makes it ready for tests. */
    public static GuestHandle boot(
            GuestBoot boot, Residence residence, Mover mover, Stations stations, LabKey labKey, Phases phases) {
        MachineConfig config = boot.config();
        PowerSwitch machine = residence.machine();
        RootShell answering = boot.shell(machine);
        BootWait wait = new BootWait(boot, machine);
        phases.time(config.name() + " boot", () -> wait.forShell(answering));
        RootShell shell = new PoweredShell(machine, answering);
        if (boot.hasSeed() && !boot.goesOn()) {
            phases.time(config.name() + " cloud-init", () -> wait.forCloudInit(shell));
        }
        GuestSystem system = boot.system(shell);
        NicConfig first = config.nics().get(0);
        SshServer sshServer = new SshServer(config.name(), shell, system, labKey);
        GuestHandle guest = new GuestHandle(boot, first, residence, mover, system, shell, sshServer, stations);
        phases.time(config.name() + " keys", sshServer::authorize);
        guest.mark.set();
        return guest;
    }

    @Override
    public GuestShell shell() {
        return shell;
    }

    @Override
    public GuestHandle on(String nic) {
        return config.nics().stream()
                .filter(candidate -> system.nic(candidate.index()).equals(nic))
                .findFirst()
                .map(found -> new GuestHandle(boot, found, residence, mover, system, shell, sshServer, stations))
                .orElseThrow(() -> new IllegalArgumentException("%s has no NIC %s, it has %s"
                        .formatted(
                                name(),
                                nic,
                                config.nics().stream()
                                        .map(known -> system.nic(known.index()))
                                        .toList())));
    }

    /** Name of one of its NICs. */
    public String nic(int index) {
        return system.nic(index);
    }

    @Override
    public Launcher launcher() {
        return residence.launcher();
    }

    @Override
    public void migrateTo(Launcher other) {
        call("migrateTo").given("a launcher", other);
        new GuestMigration(boot, residence, mover).to(other);
    }

    // A console has one line, on which the commands of a test are typed, and maybe by the test itself.
    @Override
    protected boolean takesCommandsAside() {
        return boot.hasAgent();
    }

    /** Whether its commands have a way of their own, where one that gets no answer is in nobody's way. */
    public boolean hasCommandPort() {
        return config.hasCommandPort();
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        return shell.tryRun(deadline, argv);
    }

    @Override
    protected SshLogin.Result logIn(InetAddress at, SshHost host) {
        return system.logIn(shell, at, host);
    }

    @Override
    protected HttpClient httpClient() {
        return system.httpClient();
    }

    /**
     * Gives it the address with which it starts.
     *
     * @param router by way of which it reaches all others; empty: it gets no default route
     */
    public void addAddress(InterfaceIp address, Optional<InetAddress> router) {
        shell.addAddress(nic(), address, router);
    }

    /** Runs a first process in a small guest: after a snapshot the code for it is translated anew. */
    public void breakIn() {
        if (boot.hasCommands()) {
            run("true");
        }
    }

    /** Has it ask this name server, and no other. */
    public void useNameServer(InetAddress server) {
        shell.writeFile(
                GuestSystem.RESOLV_CONF,
                "nameserver %s\n".formatted(server.getHostAddress()).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Link macvtap() {
        return launcher().link(machine.macvtap(nicConfig));
    }

    // The frame takes the way of the guest's own: the macvtap sends it. A guest has no tool that would do it inside.
    @Override
    protected void announceIpv6(InetAddress ip) {
        throw new IllegalArgumentException(
                ("%s has no tool that announces an IPv6 address, such as %s; send the announcement from the launcher's end"
                                + " of its NIC: guest.launcher().send(guest.macvtap().name(),"
                                + " EthernetFrame.neighbourAdvertisement(guest.mac(), ip))")
                        .formatted(name(), InterfaceIp.text(ip)));
    }

    @Override
    public void copyAddressFrom(Node other) {
        call("copyAddressFrom").given("the other node", other);
        addAddress(other.interfaceIp());
        other.routes().stream()
                .filter(route -> route.isDefault() && route.isIpv4())
                .forEach(route -> route.via().ifPresent(this::addDefaultRoute));
    }

    @Override
    public void addVlan(int id, InterfaceIp address) {
        new VlanInterface(call("addVlan"), nic(), id).add(this, address);
    }

    @Override
    public void removeVlan(int id) {
        new VlanInterface(call("removeVlan"), nic(), id).remove(this);
    }

    @Override
    public Undo unplugCable() {
        boolean before = machine.hasCable(nicConfig);
        return faults().unplugCable(
                        nic(),
                        () -> UndoStack.commanding(
                                () -> machine.setLink(nicConfig, false), () -> machine.setLink(nicConfig, before)));
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
        String end = machine.macvtap(nicConfig);
        return config.guest().attachment() == Attachment.BRIDGE ? Port.tap(launcher(), end) : Port.of(launcher(), end);
    }

    @Override
    public void reboot() {
        if (!boot.hasAgent()) {
            throw new IllegalStateException(
                    "%s has shell = CONSOLE: there is no agent that could be told to restart it".formatted(name()));
        }
        long said = boot.console().length();
        CompletableFuture<Void> back = machine.reboot();
        boot.console().passOver(said);
        awaitBooted(back);
    }

    private void awaitBooted(CompletableFuture<Void> agent) {
        new BootWait(boot, machine).forAgent(agent);
        boot.restarted();
        sshServer.authorize();
        mark.setAgain();
    }

    @Override
    public void powerOff() {
        machine.powerOff();
    }

    @Override
    public void powerOn() {
        if (!boot.hasAgent()) {
            throw new IllegalStateException(
                    "%s has shell = CONSOLE: there is no agent that could tell when it has booted".formatted(name()));
        }
        awaitBooted(machine.powerOn());
    }

    @Override
    public Undo suspend() {
        return UndoStack.commanding(machine::suspend, machine::resume);
    }

    /** Whether its test has powered it off or suspended it: that it does not answer then is no fault of the lab. */
    public boolean isAtRest() {
        return !machine.isOn();
    }

    /**
     * Whether its system has restarted without having been told to by {@link #reboot}, as far as that can be known.
     *
     * @throws IllegalStateException if it takes no command
     */
    public boolean hasRestarted() {
        return mark.isGone();
    }

    /** A point to which it can go back. */
    public GuestCheckpoint checkpoint() {
        residence.keep();
        return GuestCheckpoint.take(boot, launcher(), machine, shell);
    }

    /** The line in which its kernel has said that it gives up, if it has. */
    public Optional<String> panic() {
        return boot.console().progress().panic();
    }

    @Override
    public List<Entrance> entrances() {
        return new GuestEntrances(boot, machine).through(launcher(), machine.macvtap(nicConfig));
    }

    @Override
    public Console console() {
        return boot.console();
    }

    private Screen screen() {
        return new Screen(config, machine, launcher());
    }

    private MachineDescription description() {
        return new MachineDescription(config, machine, launcher());
    }

    /** Whether it can be looked at. */
    public boolean hasScreen() {
        return screen().isThere();
    }

    @Override
    public Screenshot screenshot() {
        return screen().shot();
    }

    @Override
    public void pressKeys(String... keys) {
        call("pressKeys").keys(keys);
        screen().press(keys);
    }

    @Override
    public String domainXml() {
        return description().domainXml();
    }

    /** What its machine was started from, for people. */
    public String machineDescription() {
        return description().text();
    }

    @Override
    public List<String> commandLine() {
        return description().commandLine();
    }

    @Override
    public SshHost sshHost() {
        return sshServer.host();
    }
}
