package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose QEMU has been killed, that is said of: what happened, where, and the last lines of its logs. */
@LabContainer
@MacvtapVm(name = "direct", attachment = Attachment.DIRECT)
@MacvtapVm(name = "before", attachment = Attachment.PRE_CREATED)
@MacvtapVm(name = "bare", attachment = Attachment.QEMU)
class KilledMachinesLabTests {

    private static void kill(Lab lab, String pidFile) {
        lab.launcher().sh("pid=$(cat %s); kill -KILL $pid; tail --pid=$pid -f /dev/null".formatted(pidFile));
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "before"})
    @Timeout(60)
    void libvirtDoesNotKnowTheSignalButThatNobodyAskedForTheEnd(String name, Lab lab) {
        kill(lab, "/run/libvirt/qemu/%s.pid".formatted(name));

        Guest guest = lab.guest(name);
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(() -> guest.run("true"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("(?s)%1$s on launcher has stopped: its QEMU has ended without having been told"
                                    .formatted(name)
                            + " to, killed by a signal or crashed \\(libvirt: FAILED\\); asked for: true;"
                            + " the last lines of /var/log/libvirt/qemu/%1$s.log on launcher:\\R.*".formatted(name)
                            + "shutting down, reason=crashed; the last lines of"
                            + " /var/log/taplab/%1$s-console.log on launcher:\\R.*guest: agent starting.*"
                                    .formatted(name));
        }
        assertThatThrownBy(guest::domainXml).hasMessageStartingWith(name + " on launcher has stopped: ");
    }

    @Test
    @Timeout(60)
    void bareQemuTellsTheSignal(@FromLab("bare") Guest guest, Lab lab) {
        kill(lab, "/run/bare.pid");

        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(() -> guest.run("true"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching(
                            "(?s)bare on launcher has stopped: QEMU was ended by signal 9\\. It said nothing;"
                                    + " its QEMU is gone, process \\d+; asked for: true; the last lines of"
                                    + " /var/log/taplab/bare-console.log on launcher:\\R.*guest: agent starting.*");
        }
        assertThatThrownBy(() -> guest.pressKeys("a"))
                .hasMessageMatching(
                        "bare on launcher has stopped: QEMU was ended by signal 9\\. It said nothing; its QEMU"
                                + " is gone, process \\d+; asked for: send-key");
        assertThatThrownBy(() -> guest.console().type("x"))
                .hasMessageMatching("The console of bare can't be reached: bare on launcher has stopped: QEMU was ended"
                        + " by signal 9\\. It said nothing; its QEMU is gone, process \\d+");
    }
}
