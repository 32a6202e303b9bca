package io.github.taplab.internal.guest;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.http.BusyboxWget;
import io.github.taplab.internal.http.HttpClient;
import io.github.taplab.internal.libvirt.DomainXml;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.libvirt.LibvirtDomain;
import io.github.taplab.internal.node.AbstractNode;
import io.github.taplab.internal.node.SshTarget;
import io.github.taplab.internal.preflight.HostFacts;
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
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A guest whose attachment is libvirt's {@code <interface type='direct'>}. */
public final class LibvirtGuest extends AbstractNode implements Guest, SshTarget {

    // Far above what an emulated guest needs on an idle machine: others may boot on the same cores.
    private static final Duration BOOT = Duration.ofMinutes(3);

    private final Launcher launcher;
    private final String macvtap;
    private final String consoleLog;
    private final LibvirtDomain domain;
    private final GuestAgent agent;
    private final SshHost sshHost;

    private LibvirtGuest(
            String name,
            Launcher launcher,
            String macvtap,
            String consoleLog,
            LibvirtDomain domain,
            GuestAgent agent,
            SshHost sshHost) {
        super(name, SmallGuest.NIC);
        this.launcher = launcher;
        this.macvtap = macvtap;
        this.consoleLog = consoleLog;
        this.domain = domain;
        this.agent = agent;
        this.sshHost = sshHost;
    }

    /** Starts a guest and waits until its agent answers. */
    public static LibvirtGuest boot(
            GuestSpec spec,
            MacAddress mac,
            Launcher launcher,
            LibvirtConnection libvirt,
            HostFacts facts,
            LabKey labKey,
            Phases phases) {
        String consoleLog = "/var/log/taplab/" + spec.name() + "-console.log";
        String xml = DomainXml.of(new DomainXml.Domain(
                spec,
                mac,
                launcher.nic(),
                facts.kvm(),
                facts.vhost(),
                SmallGuest.KERNEL,
                SmallGuest.INITRD,
                launcher.run("cat", SmallGuest.CMDLINE).text(),
                consoleLog));
        LibvirtDomain domain = phases.measure(spec.name() + " start", () -> libvirt.create(spec.name(), xml));
        phases.measure(
                spec.name() + " boot",
                () -> Waiting.forEvent(
                        "%s boots and its agent answers".formatted(spec.name()),
                        BOOT,
                        domain.agentConnected(),
                        () -> "console of %s:%n%s".formatted(spec.name(), consoleTail(launcher, consoleLog, 30))));
        GuestAgent agent = new GuestAgent(spec.name(), domain);
        HostKey hostKey = phases.measure(spec.name() + " keys", () -> exchangeKeys(agent, labKey));
        return new LibvirtGuest(
                spec.name(),
                launcher,
                domain.macvtap(),
                consoleLog,
                domain,
                agent,
                new SshHost(spec.name(), hostKey, labKey));
    }

    private static HostKey exchangeKeys(GuestAgent agent, LabKey labKey) {
        agent.writeFile(SmallGuest.AUTHORIZED_KEYS, labKey.authorizedKeysLine().getBytes(StandardCharsets.US_ASCII));
        return HostKey.of(agent.run("cat", SmallGuest.HOST_KEY).text());
    }

    @Override
    public GuestShell shell() {
        return agent;
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
        return launcher.link(macvtap);
    }

    @Override
    public void copyAddressFrom(Node other) {
        addAddress(other.cidr());
        other.routes().stream()
                .filter(Route::isDefault)
                .forEach(route -> route.via().ifPresent(this::addDefaultRoute));
    }

    @Override
    public String consoleTail(int lines) {
        return consoleTail(launcher, consoleLog, lines);
    }

    private static String consoleTail(Launcher launcher, String consoleLog, int lines) {
        return launcher.tryRun("tail", "-n", Integer.toString(lines), consoleLog)
                .stdout();
    }

    @Override
    public String domainXml() {
        return domain.xml();
    }

    @Override
    public SshHost sshHost() {
        return sshHost;
    }
}
