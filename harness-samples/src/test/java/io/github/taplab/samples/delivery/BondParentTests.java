package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * All in the launcher, since a container has one cable: those of the bond lead to a bridge, and so does that of an
 * interface by which the launcher itself is the station to test from. It is not the macvtap's parent.
 */
@LabContainer
@MacvtapVm
@Order(515)
@Question(
        value = "Does a guest survive the fail-over of the bond under its macvtap?",
        answer =
                "It should: the macvtap's frames take the other cable of an active-backup bond. Not seen yet: the kernel on which this was written has no bonding, so the spec was skipped")
@DisplayName("5.15 A macvtap on a bond")
@SuppressWarnings({
    "NullAway.Init", // The lab sets the field.
    "try" // A cable is pulled as long as its block lasts.
})
class BondParentTests {

    private static final String CABLES = """
            ip link add br0 type bridge && ip link set br0 up
            ip link add outside type veth peer name inside && ip link set inside master br0 up
            ip link set outside up && ip address add 192.0.2.1/24 dev outside
            ip link add bond0 type bond mode active-backup miimon 50
            for n in 0 1; do
              ip link add slave$n type veth peer name port$n
              ip link set port$n master br0 up && ip link set slave$n master bond0
            done
            ip link set bond0 up
            """;

    private static final InterfaceIp GUEST = InterfaceIp.of("192.0.2.2/24");

    @FromLab
    Launcher launcher;

    @BeforeAll
    static void plugIntoTheBond(Launcher launcher, Guest guest) {
        LinkTypes.assume(launcher, "bond", "bonding");
        launcher.sh("set -e; " + CABLES);
        SecondNic.plugIn(launcher, guest, "bond0", GUEST);
    }

    @Test
    @Order(1)
    @DisplayName("with the active cable pulled the guest is reached by the other")
    void theOtherCableTakesOver() {
        assertThat(launcher).reaches(GUEST.ip());
        String active = active();
        try (Undo pulled = launcher.takeDown("port" + active.charAt(active.length() - 1))) {
            eventually(() -> assertThat(active()).isNotEqualTo(active));
            eventually(() -> assertThat(launcher).reaches(GUEST.ip()));
        }
        assertThat(launcher).reaches(GUEST.ip());
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: with both pulled it is cut off")
    void withBothPulledItIsCutOff() {
        try {
            launcher.setDown("port0");
            launcher.setDown("port1");
            assertThat(launcher).doesNotReach(GUEST.ip());
        } finally {
            launcher.setUp("port0");
            launcher.setUp("port1");
        }
        eventually(() -> assertThat(launcher).reaches(GUEST.ip()));
    }

    private String active() {
        return launcher.run("cat", "/sys/class/net/bond0/bonding/active_slave").text();
    }
}
