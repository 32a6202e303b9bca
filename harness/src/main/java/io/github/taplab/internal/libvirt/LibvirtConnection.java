package io.github.taplab.internal.libvirt;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.machine.LauncherProcess;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Migration;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.internal.trouble.Trouble;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.LateInterrupt;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.event.AgentLifecycleListener;
import org.libvirt.event.ConnectionCloseReason;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.DomainEventType;
import org.libvirt.event.LifecycleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to the libvirtd of one launcher. */
public final class LibvirtConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtConnection.class);

    /** The process in a launcher whose standard streams lead to its libvirtd. */
    public static final List<String> TO_LIBVIRTD = List.of("socat", "-", "UNIX-CONNECT:/run/libvirt/libvirt-sock");

    private static final int AGENT_CONNECTED = 1;
    private static final int AGENT_DISCONNECTED = 2;
    // VIR_DOMAIN_START_PAUSED, which libvirt-java does not name for this call.
    private static final int START_PAUSED = 1;
    private static final Duration CONNECT = Duration.ofSeconds(30);
    // A tenth of a second, and on a busy machine many times that.
    private static final Duration CREATE = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final LeasedContainer launcher;
    private final Libvirtd libvirtd;
    private final LibvirtSocket socket;
    private final OwnedConnect connect;
    private final Map<String, DomainEvents> events = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> leftStarts = new ConcurrentHashMap<>();
    // libvirt-java hands them to C; they must live as long as the connection.
    private final AgentLifecycleListener agentListener = this::agentChanged;
    private final LifecycleListener lifecycleListener = this::domainChanged;

    private LibvirtConnection(LeasedContainer launcher, Libvirtd libvirtd, LibvirtSocket socket, OwnedConnect connect)
            throws LibvirtException {
        this.launcher = launcher;
        this.libvirtd = libvirtd;
        this.socket = socket;
        this.connect = connect;
        connect.setKeepAlive(Libvirtd.KEEP_ALIVE_SECONDS, Libvirtd.KEEP_ALIVE_COUNT);
        connect.addAgentLifecycleListener(agentListener);
        connect.addLifecycleListener(lifecycleListener);
        connect.onReboot(domain -> tell(domain, told -> told.agent().restarted()));
        connect.registerCloseListener((closed, reason) -> closed(reason));
        libvirtd.connected(connect);
    }

    /**
     * Starts the libvirtd of a launcher, for those who ask it by themselves.
     *
     * @param node the launcher's name
     */
    public static void start(String node, LeasedContainer launcher) {
        new Libvirtd(node, launcher).start();
    }

    /**
     * Starts the libvirtd of a launcher, and connects to it.
     *
     * @param node the launcher's name
     */
    public static LibvirtConnection open(String node, LeasedContainer launcher) {
        // libvirt's client binds a connection to the loop when it is opened.
        LibvirtEvents.ensureRunning();
        Libvirtd libvirtd = new Libvirtd(node, launcher);
        libvirtd.start();
        LibvirtSocket socket = new LibvirtSocket(() -> launcher.open(TO_LIBVIRTD));
        try {
            return libvirtd.ask(
                    "a connection",
                    CONNECT,
                    () -> new LibvirtConnection(launcher, libvirtd, socket, new OwnedConnect(socket.uri())),
                    LibvirtConnection::close);
        } catch (LibvirtException e) {
            socket.close();
            throw new IllegalStateException(
                    "libvirtd on %s can't be reached: %s"
                            .formatted(node, socket.failure().orElseGet(() -> String.valueOf(e.getMessage()))),
                    e);
        } catch (RuntimeException e) {
            // A call that has been left in the library ends with it.
            socket.close();
            throw e;
        }
    }

    /** How a machine is started, all of it. */
    public static String definition(MachineConfig machine) {
        return DomainXml.of(machine);
    }

    /**
     * Starts a domain that is forgotten when it stops. One that nobody waits for any more, as after an interrupt, is
     * ended when it is there, and the next start of this name waits for that: libvirt would refuse it.
     */
    public Machine create(MachineConfig machine) {
        awaitLeftStart(machine.name());
        String xml = DomainXml.of(machine);
        DomainEvents expected = expect(machine);
        LauncherProcess qemu = qemu(machine);
        try {
            LibvirtDomain created =
                    started(machine, xml, domain -> new LibvirtDomain(machine, domain, expected, libvirtd, qemu));
            machine.goesOnFrom().ifPresent(snapshot -> load(created, machine.name(), snapshot));
            return created;
        } catch (LibvirtException e) {
            throw new IllegalStateException(
                    "libvirt on %s can't start %s: %s%s%n%s; %s"
                            .formatted(
                                    libvirtd.node(),
                                    machine.name(),
                                    e.getMessage(),
                                    Trouble.meaning(String.valueOf(e.getMessage())),
                                    xml,
                                    qemu.lastLines(LibvirtDomain.log(machine))),
                    e);
        }
    }

    private void awaitLeftStart(String machine) {
        CompletableFuture<Void> left = leftStarts.get(machine);
        if (left != null) {
            Waiting.joined("the start of %s that was interrupted is taken back".formatted(machine), CREATE, left);
            leftStarts.remove(machine, left);
        }
    }

    private LibvirtDomain started(MachineConfig machine, String xml, Function<Domain, LibvirtDomain> of)
            throws LibvirtException {
        int flags = machine.goesOnFrom().isPresent() ? START_PAUSED : 0;
        CompletableFuture<Void> takenBack = new CompletableFuture<>();
        try {
            return libvirtd.ask(
                    "the start of " + machine.name(),
                    CREATE,
                    () -> {
                        try {
                            return of.apply(connect.domainCreateXML(xml, flags));
                        } catch (LibvirtException e) {
                            takenBack.complete(null);
                            throw e;
                        }
                    },
                    unwanted -> takeBack(unwanted, takenBack));
        } catch (InterruptedWaitException e) {
            leftStarts.put(machine.name(), takenBack);
            throw e;
        }
    }

    private static void takeBack(Machine unwanted, CompletableFuture<Void> takenBack) {
        try {
            // Who has left has interrupted this thread.
            LateInterrupt.afterDoing(unwanted::kill);
        } catch (RuntimeException e) {
            LOG.debug("A domain that nobody waits for can't be ended", e);
        } finally {
            takenBack.complete(null);
        }
    }

    /**
     * Takes a domain in that runs in another launcher, and stands still here until it is told to go on. There it is
     * gone then.
     *
     * @param machine what it is
     * @param daemon path of a socket in that launcher with the libvirtd of this one behind it
     * @param stream path of a socket here at which QEMU shall listen, and of one there that leads to it
     * @throws IllegalStateException if libvirt refuses, with its words
     */
    public Machine take(Machine domain, MachineConfig machine, String daemon, String stream) {
        if (!(domain instanceof LibvirtDomain source)) {
            throw new IllegalArgumentException(machine.name() + " is no domain of libvirt");
        }
        DomainEvents expected = expect(machine);
        source.migration().send(daemon, stream);
        // There is no way back: an interrupt waits.
        return LateInterrupt.joined(
                machine.name() + ", which has gone, is found",
                ANSWER.multipliedBy(2),
                Beside.begin("taplab-arrival: " + machine.name(), () -> arrived(machine, expected))
                        .result());
    }

    private Machine arrived(MachineConfig machine, DomainEvents expected) {
        try {
            Domain here = libvirtd.ask(
                    machine.name() + ", which has arrived", ANSWER, () -> connect.domainLookupByName(machine.name()));
            return new LibvirtDomain(machine, here, expected, libvirtd, qemu(machine));
        } catch (LibvirtException e) {
            throw new IllegalStateException(
                    "libvirt on %s has lost it: %s".formatted(libvirtd.node(), e.getMessage()), e);
        }
    }

    // Before the domain is there: its first event must not be lost.
    private DomainEvents expect(MachineConfig machine) {
        DomainEvents expected = new DomainEvents();
        events.put(machine.name(), expected);
        return expected;
    }

    private LauncherProcess qemu(MachineConfig machine) {
        return LauncherProcess.ofFile(libvirtd.node(), launcher, LibvirtDomain.pidFile(machine));
    }

    private static void load(LibvirtDomain created, String machine, SnapshotFiles snapshot) {
        try {
            new Migration(machine, created::monitorCommand).load(snapshot);
            // libvirt has kept the macvtap down until now.
            created.resume();
        } catch (RuntimeException e) {
            // Nobody else has it.
            LateInterrupt.afterDoing(() -> created.killAfter(e));
            throw e;
        }
    }

    private void agentChanged(Domain domain, int state, int reason) {
        if (state == AGENT_CONNECTED) {
            tell(domain, told -> told.agent().connected());
        } else if (state == AGENT_DISCONNECTED) {
            tell(domain, told -> told.agent().disconnected());
        }
    }

    private int domainChanged(Domain domain, DomainEvent event) {
        if (event.getType() == DomainEventType.STOPPED) {
            tell(domain, told -> told.stopped(DomainEvents.words(event.getDetail())));
        }
        return 0;
    }

    // Without its daemon no domain announces anything any more.
    private void closed(ConnectionCloseReason reason) {
        libvirtd.isGone(reason);
        String how =
                "libvirtd on %s %s".formatted(libvirtd.node(), libvirtd.gone().join());
        events.values().forEach(domain -> domain.silent(how));
    }

    // Called by the loop that all connections of the JVM share: it must not end here, nor wait.
    private void tell(Domain domain, Consumer<DomainEvents> news) {
        try {
            tell(domain.getName(), news);
        } catch (LibvirtException e) {
            LOG.warn("An event of a domain on {} is lost: {}", libvirtd.node(), e.getMessage(), e);
        }
    }

    private void tell(String domain, Consumer<DomainEvents> news) {
        try {
            news.accept(events.computeIfAbsent(domain, unused -> new DomainEvents()));
        } catch (RuntimeException e) {
            LOG.warn("An event of {} on {} is lost: {}", domain, libvirtd.node(), e.getMessage(), e);
        }
    }

    /**
     * Breaks the connection. Nothing is said to libvirtd, which may be dead: it sees the end of its socket, and so do
     * calls that were left in the library.
     */
    @Override
    public void close() {
        socket.close();
        try {
            // Its callbacks must not come when nothing here keeps them from being collected.
            Waiting.joined("libvirt notices that its connection is closed", CLOSE, libvirtd.gone());
            Waiting.call("libvirt's connection to " + libvirtd.node() + " is freed", CLOSE, this::free);
        } catch (DeadlineExceededException | LibvirtException e) {
            throw new IllegalStateException("The connection to libvirtd did not close: " + e.getMessage(), e);
        }
    }

    private int free() throws LibvirtException {
        connect.forget(agentListener, lifecycleListener);
        return connect.close();
    }
}
