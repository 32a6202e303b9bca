package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;

/**
 * A spec for each rule of the manual experiment, broken as it is broken in the field. Who reads the failure, and no
 * more, can name the cause.
 */
@Tag("lab")
@Order(10) // One of the longest, so among the first: the last one would run alone.
class BrokenSpecsLabTests {

    private static final Map<String, String> SAID = new HashMap<>();

    @BeforeAll
    static void theSpecsFail(@TempDir Path output) {
        EngineView.require();
        Fixtures.run(Specs.class, output, Map.of("taplab.acceleration", "tcg")).testEvents().finished().stream()
                .forEach(ended -> SAID.put(
                        ended.getTestDescriptor().getDisplayName().replaceFirst("\\(.*", ""),
                        ended.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .map(Throwable::getMessage)
                                .orElse("")));
    }

    /** The causes that were named, in lines of their own, with the numbers of this lab left out. */
    private static String causes(String spec) {
        return String.valueOf(SAID.get(spec))
                .lines()
                .filter(line -> line.startsWith("  cause:"))
                .map(line -> line.substring("  cause:".length()).strip())
                .map(line -> line.replaceAll("198\\.1[89]\\.\\d+\\.\\d+", "IP")
                        .replaceAll("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}", "MAC")
                        .replaceAll("\\((REACHABLE|STALE|DELAY|PROBE)\\)", "(STATE)")
                        .replaceAll("fd74:[0-9a-f:]+", "IP6")
                        .replaceAll("mvtap\\d+", "MACVTAP"))
                .reduce((one, other) -> one + " | " + other)
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            guestsMacIsItsMacvtaps   | the MAC address of eth0 on guest is MAC, that of its MACVTAP on launcher MAC: in mode bridge it gets only frames that are sent to the latter, and broadcasts
            guestWithAnotherMac      | the MAC address of eth0 on guest is MAC, that of its MACVTAP on launcher MAC: in mode bridge it gets only frames that are sent to the latter, and broadcasts
            sameIpOnContainerAndGuest| IP is an address of guest (eth0, MAC) and of launcher (eth0, MAC): each of them answers for it
            addressThatMoved         | the neighbour entry of IP on client has MAC, which is eth0 on launcher (STATE), while the address is that of guest (eth0, MAC)
            guestWithoutADefaultRoute| guest has no default route
            guestWithoutAnAddress    | guest has no IP address but those of its links
            launcherToItsOwnGuest    | launcher and guest are a macvtap's parent and its guest, which exchange no frames in any mode unless the bridge sends them back (hairpin)
            pulledCable              | eth0 on guest has no carrier: nothing passes there
            smallerMtuOnTheWay       | the MTU of eth0 on guest is 1500, that of eth0 on launcher, the parent of its MACVTAP, 1400: larger packets are lost
            ipv6WithoutItsGroup      | MACVTAP on launcher has not joined MAC, the group in which neighbours ask for IP6, and lets its frames in by chance only: eth0 on guest has, but is not trusted to tell it (trustGuestRxFilters)
            wrongNameServer          | the name server IP of guest does not answer
            passwordForAServerOfKeys | the SSH server of guest: it takes no passwords (dropbear -s)
            """)
    void theFailureNamesTheCause(String spec, String cause) {
        assertThat(causes(spec)).as("%s failed with: %s", spec, SAID.get(spec)).isEqualTo(cause);
    }

    /** Nor is a server accused that has answered. */
    @Test
    void whereNothingIsWrongInTheLabNothingIsNamed() {
        assertThat(SAID.get("nameThatNobodyHas")).contains("name not resolved").doesNotContain("cause:");
        assertThat(SAID.get("wrongExpectation")).contains("Ping from client").doesNotContain("cause:");
    }

    @Disabled("run by BrokenSpecsLabTests")
    @LabContainer(scope = LabScope.REWIND, ipv6 = true, internet = "www.example.com")
    @MacvtapVm(attachment = Attachment.QEMU)
    @SuppressWarnings("NullAway.Init") // The lab sets the fields.
    static class Specs {

        private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:99");

        @FromLab
        static Launcher launcher;

        @FromLab
        static Guest guest;

        @FromLab
        static Client client;

        @FromLab
        static Gateway gateway;

        @Test
        void guestsMacIsItsMacvtaps() {
            guest.setMac(OTHER);
            assertThat(guest).hasMac(guest.macvtap().mac());
        }

        @Test
        void guestWithAnotherMac() {
            guest.setMac(OTHER);
            client.flushNeighbours();
            assertThat(client.ssh(guest)).isConnected();
        }

        @Test
        void sameIpOnContainerAndGuest() {
            // So that the quicker answer, which is a race, decides nothing.
            assertThat(client.ping(launcher.ip())).isAnswered();
            guest.addAddress(launcher.interfaceIp());
            assertThat(client.ssh(guest, launcher.ip())).isConnected();
        }

        @Test
        void addressThatMoved() {
            InterfaceIp moved = launcher.interfaceIp();
            assertThat(client.ping(moved.ip())).isAnswered();
            launcher.removeAddress();
            guest.addAddress(moved);
            assertThat(client.ssh(guest, moved.ip())).isConnected();
        }

        @Test
        void guestWithoutADefaultRoute() {
            guest.removeDefaultRoute();
            assertThat(guest.httpGet("http://203.0.113.3/")).isAnswered();
        }

        @Test
        void guestWithoutAnAddress() {
            InterfaceIp lost = guest.interfaceIp();
            guest.removeAddress(lost);
            guest.removeAddress(guest.interfaceIp6());
            client.flushNeighbours();
            assertThat(client.ssh(guest, lost.ip())).isConnected();
        }

        @Test
        void launcherToItsOwnGuest() {
            assertThat(launcher.ping(guest.ip())).isAnswered();
        }

        @Test
        void pulledCable() {
            Undo unusedLabGoesBack = guest.unplugCable();
            assertThat(client.ping(guest.ip())).isAnswered();
        }

        @Test
        void smallerMtuOnTheWay() {
            Undo unusedLabGoesBack = launcher.overrideMtu("eth0", 1400);
            assertThat(guest.tryRun("ping", "-c", "1", "-W", "1", "-s", "1450", InterfaceIp.text(client.ip())))
                    .succeeded();
        }

        @Test
        void ipv6WithoutItsGroup() {
            // The filter is a hash, so one of several is heard by chance.
            InterfaceIp own = guest.interfaceIp6();
            for (int more = 100; more < 108; more++) {
                InterfaceIp added = own.plus(more);
                guest.addAddress(added);
                eventually(() -> assertThat(guest).hasUsableAddress(added.ip()));
                assertThat(client.ping(added.ip())).isAnswered();
            }
        }

        @Test
        void wrongNameServer() {
            guest.sh("echo nameserver %s >/etc/resolv.conf".formatted(InterfaceIp.text(client.ip())));
            assertThat(guest.httpGet("http://www.example.com/")).isAnswered();
        }

        @Test
        void nameThatNobodyHas() {
            assertThat(guest.httpGet("http://www.example.org/")).isAnswered();
        }

        @Test
        void wrongExpectation() {
            assertThat(client.ping(guest.ip())).isNotAnswered();
        }

        @Test
        void passwordForAServerOfKeys() {
            assertThat(client.sshWithPassword(guest, "root", "secret")).isConnected();
        }
    }
}
