package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A guest that goes on from a snapshot is like one that has booted, whatever its attachment. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EachAttachment
@LabContainer
@MacvtapVm(boot = BootMode.WARM)
class WarmGuestsLabTests {

    @Test
    @Order(1)
    void itGoesOnFromASnapshot(Guest guest) {
        assertThat(Origin.of(guest)).isEqualTo(Origin.SNAPSHOT);
    }

    @Test
    @Order(1)
    void itsClockHasNotStoodStill(Guest guest) {
        Duration late = Duration.ofSeconds(3);
        Instant before = Instant.now();
        Instant seen =
                Instant.ofEpochSecond(Long.parseLong(guest.run("date", "+%s").text()));

        assertThat(seen).isBetween(before.minus(late), Instant.now().plus(late));
    }

    @Test
    @Order(1)
    void itIsReachedOverAMacvtapWithItsMac(Guest guest, Client client) {
        assertThat(guest.macvtap()).isMacvtap().hasMac(guest.mac());
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
        assertThat(client.ssh(guest)).isConnected();
        assertThat(guest).reaches(client);
    }

    @Test
    @Order(1)
    void itsConsoleBeginsWithItsBootAndGoesOn(Guest guest) {
        assertThat(guest.console().text()).containsSubsequence("guest: userland reached", "guest: agent starting");

        guest.sh("echo said after the snapshot >/dev/ttyS0");
        guest.console().awaitLine("said after the snapshot", Duration.ofSeconds(10));
    }

    /** What its boot had not done yet, each guest that goes on from the snapshot would do, in its first test. */
    @Test
    @Order(1)
    void itsSnapshotIsOfOneThatHasDoneAllOfItsBoot(Guest guest) {
        String kept = guest.launcher()
                .sh("cat /var/lib/taplab/snapshots/*/console.log")
                .stdout();

        assertThat(kept).contains("Please press Enter to activate this console.");
        assertThat(guest.link(guest.nic())).hasOperState("up");
    }

    @Test
    @Order(1)
    void aChangedMacCutsItOffAsAnyOther(Guest guest, Client client) {
        MacAddress own = guest.mac();

        guest.setMac(own.sibling());
        assertThat(client).doesNotReach(guest.ip());

        guest.setMac(own);
        assertThat(client).reaches(guest);
    }

    @Test
    @Order(2)
    void itCanRestart(Guest guest, Client client) {
        InterfaceIp ip = guest.interfaceIp();

        guest.reboot();

        assertThat(Uptime.ofSystem(guest)).isLessThan(Uptime.ofMachine(guest));
        guest.addAddress(ip);
        assertThat(client).reaches(guest.ip());
    }
}
