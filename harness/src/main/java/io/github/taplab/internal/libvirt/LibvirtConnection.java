package io.github.taplab.internal.libvirt;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.trouble.Trouble;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.event.AgentLifecycleListener;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.DomainEventType;
import org.libvirt.event.LifecycleListener;

/** A connection to the libvirtd of one launcher. */
public final class LibvirtConnection implements AutoCloseable {

    private static final List<String> TO_LIBVIRTD = List.of("socat", "-", "UNIX-CONNECT:/run/libvirt/libvirt-sock");
    private static final int AGENT_CONNECTED = 1;

    private final LibvirtSocket socket;
    private final Connect connect;
    private final Map<String, DomainEvents> events = new ConcurrentHashMap<>();
    // libvirt-java hands them to C; they must live as long as the connection.
    private final AgentLifecycleListener agentListener = this::agentChanged;
    private final LifecycleListener lifecycleListener = this::domainChanged;

    private LibvirtConnection(LibvirtSocket socket, Connect connect) throws LibvirtException {
        this.socket = socket;
        this.connect = connect;
        connect.addAgentLifecycleListener(agentListener);
        connect.addLifecycleListener(lifecycleListener);
        // Without its daemon no domain announces anything any more.
        connect.registerCloseListener(
                (closed, reason) -> events.values().forEach(domain -> domain.stopped("libvirtd is gone, " + reason)));
    }

    /** Connects to the libvirtd of a launcher that is ready. */
    public static LibvirtConnection open(LeasedContainer launcher) {
        // libvirt's client binds a connection to the loop when it is opened.
        LibvirtEvents.ensureRunning();
        LibvirtSocket socket = new LibvirtSocket(() -> launcher.open(TO_LIBVIRTD));
        try {
            return new LibvirtConnection(socket, new Connect(socket.uri()));
        } catch (LibvirtException e) {
            socket.close();
            throw new IllegalStateException(
                    "libvirtd of %s can't be reached: %s".formatted(launcher.name(), e.getMessage()), e);
        }
    }

    /** Starts a domain that is forgotten when it stops. */
    public Machine create(MachineConfig machine) {
        String xml = DomainXml.of(machine);
        // Before the domain runs: its first event must not be lost.
        DomainEvents expected = events.computeIfAbsent(machine.name(), unused -> new DomainEvents());
        try {
            return new LibvirtDomain(machine, connect.domainCreateXML(xml, 0), expected);
        } catch (LibvirtException e) {
            throw new IllegalStateException(
                    "libvirt can't start %s: %s%s%n%s"
                            .formatted(
                                    machine.name(),
                                    e.getMessage(),
                                    Trouble.meaning(String.valueOf(e.getMessage())),
                                    xml),
                    e);
        }
    }

    private void agentChanged(Domain domain, int state, int reason) {
        if (state == AGENT_CONNECTED) {
            eventsOf(domain).agentConnected();
        }
    }

    private int domainChanged(Domain domain, DomainEvent event) {
        if (event.getType() == DomainEventType.STOPPED) {
            eventsOf(domain).stopped(event.toString());
        }
        return 0;
    }

    private DomainEvents eventsOf(Domain domain) {
        try {
            return events.computeIfAbsent(domain.getName(), unused -> new DomainEvents());
        } catch (LibvirtException e) {
            throw new IllegalStateException("An event of a domain without a name", e);
        }
    }

    @Override
    public void close() {
        try (socket) {
            if (connect.isAlive()) {
                connect.unregisterCloseListener();
            }
            connect.close();
        } catch (LibvirtException e) {
            throw new IllegalStateException("The connection to libvirtd did not close: " + e.getMessage(), e);
        }
    }
}
