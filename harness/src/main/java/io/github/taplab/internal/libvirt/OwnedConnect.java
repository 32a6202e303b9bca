package io.github.taplab.internal.libvirt;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.event.AgentLifecycleListener;
import org.libvirt.event.LifecycleListener;
import org.libvirt.jna.Libvirt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of libvirt's library of which nothing stays when it is closed. There each callback keeps the connection
 * that it is registered at, with its memory and a file descriptor, whatever is closed; and libvirt-java, which has a
 * call that registers for restarts, has none that takes it back.
 */
final class OwnedConnect extends Connect {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedConnect.class);
    // VIR_DOMAIN_EVENT_ID_REBOOT
    private static final int REBOOT = 1;

    // libvirt has it, and must not be its only owner.
    private Libvirt.@Nullable VirConnectDomainEventGenericCallback reboots;
    private int rebootsId;

    OwnedConnect(String uri) throws LibvirtException {
        super(uri);
    }

    private interface Step {
        void take() throws LibvirtException;
    }

    /**
     * Hears of guests that restart.
     *
     * @param listener is told a domain's name, by the loop that all connections of the JVM share
     */
    void onReboot(Consumer<String> listener) throws LibvirtException {
        Libvirt.VirConnectDomainEventGenericCallback callback =
                (connection, domain, unused) -> listener.accept(Libvirt.INSTANCE.virDomainGetName(domain));
        int id = Libvirt.INSTANCE.virConnectDomainEventRegisterAny(vcp, null, REBOOT, callback, null, null);
        if (id < 0) {
            throw new IllegalStateException("libvirt announces no restarts");
        }
        reboots = callback;
        rebootsId = id;
    }

    /**
     * Takes all callbacks back. libvirtd, which would be told, may be gone: the library has forgotten them all the
     * same.
     */
    void forget(AgentLifecycleListener agent, LifecycleListener lifecycle) {
        forget(() -> removeAgentLifecycleListener(agent));
        forget(() -> removeLifecycleListener(lifecycle));
        if (reboots != null) {
            int unused = Libvirt.INSTANCE.virConnectDomainEventDeregisterAny(vcp, rebootsId);
            reboots = null;
        }
        forget(this::unregisterCloseListener);
    }

    private static void forget(Step step) {
        try {
            step.take();
        } catch (LibvirtException e) {
            LOG.debug("libvirtd is not told that nobody listens any more: {}", e.getMessage());
        }
    }
}
