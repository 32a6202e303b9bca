package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.node.Station;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.ShellAccess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest without an agent has the same handle: all that a guest can do goes over its console. */
@LabContainer
@MacvtapVm(shell = ShellAccess.CONSOLE)
@MacvtapVm(name = "bare", shell = ShellAccess.CONSOLE, attachment = Attachment.QEMU)
class ConsoleGuestLabTests {

    @BeforeEach
    void withoutAnAgent(@FromLab("guest") Guest guest) {
        guest.sh("kill $(pidof qemu-ga) 2>/dev/null || true");
    }

    @Test
    void theGuestHasItsAddressAndLetsClientsIn(@FromLab("guest") Guest guest, Client client) {
        assertThat(guest.link(guest.nic()).mac()).isEqualTo(guest.macvtap().mac());
        assertThat(client.ping(guest.ip())).isAnswered();
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    void itTalksToAnotherOne(Lab lab) {
        assertThat(lab.guest("bare").ping(lab.guest("guest").ip())).isAnswered();
    }

    /** Its one line is the test's. */
    @Test
    void itIsNotAskedPastTheTestWhetherItHasAnAddress(@FromLab("guest") Guest guest, Client client) {
        assertThat(Behind.of(Station.class, guest).answerers(guest.ip())).isEmpty();
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
    }

    @Test
    void aRestartIsRefusedWithTheReason(@FromLab("guest") Guest guest) {
        assertThatThrownBy(guest::reboot)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("guest has shell = CONSOLE: there is no agent that could be told to restart it");
    }
}
