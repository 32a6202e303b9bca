package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacvtapMode;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two guests on one launcher, the ways in which SSH to them can end, and what the launcher may do. */
@LabContainer
@MacvtapVm(name = "left")
@MacvtapVm(name = "right")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class TwoGuestsLabTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    // Bits of Docker's default capabilities (moby, oci/caps/defaults.go).
    private static final long DOCKER_DEFAULT = 0xa80425fbL;
    private static final long NET_ADMIN = 1L << 12;

    @FromLab
    Launcher launcher;

    @FromLab("left")
    Guest left;

    @FromLab("right")
    Guest right;

    @FromLab
    Client client;

    @Test
    void eachHasAMacvtapAndAMacOfItsOwn() {
        assertThat(launcher.macvtaps())
                .extracting(Link::name)
                .containsExactlyInAnyOrder(
                        left.macvtap().name(), right.macvtap().name())
                .doesNotHaveDuplicates();
        assertThat(left.macvtap()).hasMac(left.mac()).hasOtherMacThan(right.macvtap());
        assertThat(right.macvtap()).hasMac(right.mac());
        assertThat(left.ip()).isNotEqualTo(right.ip());
    }

    @Test
    void theClientReachesBoth() {
        assertThat(client).reaches(left.ip()).reaches(right.ip());
        assertThat(client.whoHas(left.ip())).isAnsweredOnlyBy(left.mac());
        assertThat(client.whoHas(right.ip())).isAnsweredOnlyBy(right.mac());
    }

    @Test
    void inBridgeModeTheyReachEachOther() {
        assertThat(left.macvtap()).isInMode(MacvtapMode.BRIDGE);
        assertThat(left).reaches(right.ip()).hasNeighbour(right.ip(), right.mac());
        assertThat(right).reaches(left.ip());
    }

    @Test
    void theOnlyGuestIsAmbiguous(Lab lab) {
        assertThat((Object) lab.guest("right")).isSameAs(right);
        assertThat(lab.guests()).containsExactly(left, right);
        assertThatThrownBy(lab::guest)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The lab has 2 guests [left, right]: name the one you mean");
    }

    @Test
    void sshConnectsToTheOneThatIsMeant() {
        assertThat(client.ssh(left)).isConnected();
        assertThat(client.ssh(right)).isConnected();
        assertThat(client.ssh(left, right.ip())).hadHostKeyMismatch();
        assertThat(client.ssh(right, left.ip())).hadHostKeyMismatch();
    }

    @Test
    void sshFromOneGuestToTheOther(Lab lab) {
        assertThat(left.ssh(right)).isConnected();
        assertThat(left.ssh(right, left.ip())).hadHostKeyMismatch();
        assertThat(left.ssh(right, client.ip())).isRefused();
        assertThat(left.ssh(right, lab.subnet().host(99))).hadNoRoute();
        right.sh("mv /root/.ssh/authorized_keys /root/.ssh/kept");
        try {
            assertThat(left.ssh(right)).failedAuthentication();
        } finally {
            right.sh("mv /root/.ssh/kept /root/.ssh/authorized_keys");
        }
    }

    @Test
    void sshIsRefusedWhereNothingListens() {
        assertThat(client.ssh(left, launcher.ip())).isRefused();

        left.sh("kill $(cat /run/dropbear.pid)");
        try {
            Waiting.until(
                    "port 22 of left is closed",
                    SOON,
                    () -> left.run("netstat", "-ltn").stdout(),
                    listening -> !listening.contains(":22 "));
            assertThat(client.ssh(left)).isRefused();
        } finally {
            left.run("dropbear", "-s", "-P", "/run/dropbear.pid");
        }
        assertThat(client.ssh(left)).isConnected();
    }

    @Test
    void sshHasNoRouteWhereNobodyIs(Lab lab) {
        assertThat(client.ssh(left, lab.subnet().host(250))).hadNoRoute();
    }

    @Test
    void sshHasNoRouteWithoutOne(Lab lab) {
        InetAddress elsewhere = InterfaceIp.ip("192.0.2.1");
        client.removeDefaultRoute();
        try {
            assertThat(client.ssh(left, elsewhere)).hadNoRoute();
        } finally {
            client.addDefaultRoute(lab.subnet().host(1));
        }
    }

    @Test
    void sshFailsToAuthenticateWithoutTheKey() {
        left.sh("mv /root/.ssh/authorized_keys /root/kept && touch /root/.ssh/authorized_keys");
        try {
            assertThat(client.ssh(left)).failedAuthentication();
        } finally {
            left.run("mv", "/root/kept", "/root/.ssh/authorized_keys");
        }
        assertThat(client.ssh(left)).isConnected();
    }

    @Test
    void theLauncherHasNetAdminAndDockersDefaultCapabilities() {
        String status = launcher.run("cat", "/proc/1/status").stdout();
        assertThat(capabilities(status, "CapEff")).isEqualTo(DOCKER_DEFAULT | NET_ADMIN);
        assertThat(capabilities(status, "CapBnd")).isEqualTo(DOCKER_DEFAULT | NET_ADMIN);
        // 2: filtered.
        assertThat(value(status, "Seccomp")).isEqualTo("2");
    }

    @Test
    void theLaunchersDevicesAreItsOwn() {
        List<String> taps = launcher.macvtaps().stream()
                .map(macvtap -> "tap" + macvtap.index())
                .toList();
        List<String> devices = launcher.run("ls", "/dev").stdout().lines().toList();

        assertThat(devices).filteredOn(device -> device.startsWith("tap")).isSubsetOf(taps);
        assertThat(devices).isNotEmpty().noneMatch(device -> device.matches("(sd|vd|nvme|loop|dm-|mem|kmsg|port).*"));
    }

    @Test
    void theLauncherIsTiedToNothingOnTheHost() {
        EngineView.Container container = EngineView.containers(
                        "io.github.taplab.lab=" + getClass().getName())
                .stream()
                .filter(candidate -> candidate.name().endsWith("-launcher"))
                .findFirst()
                .orElseThrow();

        assertThat(container.privileged()).isFalse();
        assertThat(container.binds()).isEmpty();
        // Volumes of the engine, of which the host's folders are none.
        assertThat(container.mounts()).allMatch(mount -> mount.matches(".*name=taplab-\\w+-snapshot-\\d+, .*"));
        assertThat(container.publishedPorts()).isEmpty();
        assertThat(container.devices()).isEmpty();
        assertThat(container.networks()).hasSize(1).allMatch(network -> network.startsWith("taplab-"));
        assertThat(container.deviceRules()).noneMatch(rule -> rule.startsWith("c *") || rule.startsWith("b"));
    }

    private static long capabilities(String status, String set) {
        return Long.parseLong(value(status, set), 16);
    }

    private static String value(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
