package io.github.taplab.internal.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.libvirt.LibvirtException;
import org.libvirt.event.AgentLifecycleListener;
import org.libvirt.event.LifecycleListener;

/** With the driver in libvirt's library that plays a host, so that no libvirtd is needed. */
class OwnedConnectTests {

    private static final String PLAYED = "test:///default";

    private final AgentLifecycleListener agent = (domain, state, reason) -> {};
    private final LifecycleListener lifecycle = (domain, event) -> 0;

    @BeforeAll
    static void loop() {
        LibvirtEvents.ensureRunning();
    }

    private OwnedConnect listening() throws LibvirtException {
        OwnedConnect connect = new OwnedConnect(PLAYED);
        connect.addAgentLifecycleListener(agent);
        connect.addLifecycleListener(lifecycle);
        connect.onReboot(domain -> {});
        return connect;
    }

    /** What closing returns is 0 if nobody has it any more. */
    @Test
    void nothingStaysOfOneThatHasForgottenItsListeners() throws LibvirtException {
        OwnedConnect connect = listening();

        connect.forget(agent, lifecycle);

        assertThat(connect.close()).isZero();
    }

    @Test
    void listenersKeepIt() throws LibvirtException {
        assertThat(listening().close()).isPositive();
    }

    @Test
    void nobodyHasToListen() throws LibvirtException {
        OwnedConnect connect = new OwnedConnect(PLAYED);

        connect.forget(agent, lifecycle);

        assertThat(connect.close()).isZero();
    }
}
