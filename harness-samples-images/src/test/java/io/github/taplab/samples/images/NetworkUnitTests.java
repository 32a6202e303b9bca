package io.github.taplab.samples.images;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.samples.images.DhcpFrames.ANSWER;
import static io.github.taplab.samples.images.DhcpFrames.QUESTION;

import io.github.taplab.FromLab;
import io.github.taplab.GuestFile;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.Seed;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * CentOS 7 has one unit, "LSB: Bring up/down networking", which asks by DHCP and fails when nobody answers. This image
 * has none of that name: systemd-networkd asks, without end, and a unit of its own waits for what comes of it.
 */
@LabContainer
@MacvtapVm(
        image = "debian-cloud",
        address = GuestAddress.NONE,
        mac = NetworkUnitTests.MAC,
        seed =
                @Seed(
                        networkConfig = NetworkUnitTests.DHCP,
                        files = @GuestFile(path = NetworkUnit.CONFIG_FILE, content = NetworkUnit.CONFIG),
                        commands = "systemctl daemon-reload"))
@Order(903)
@DisplayName("9.3 The unit that waits for a network, and fails where nobody serves addresses")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a server runs as long as its block lasts.
class NetworkUnitTests {

    static final String MAC = "02:9e:00:00:09:03";
    static final String DHCP = "{version: 2, ethernets: {nic: {match: {macaddress: '" + MAC + "'}, dhcp4: true}}}";

    private static final Duration IN_VAIN = Duration.ofSeconds(5);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @FromLab
    Lab lab;

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @FromLab
    Gateway gateway;

    @Test
    @Order(1)
    @DisplayName("broken on purpose: nobody has served while it booted, and the console says that the unit has failed")
    void failsAtTheBoot() {
        guest.console().awaitLine("FAILED.*Failed to start .*Wait for Network to be Configured");
        assertThat(NetworkUnit.state(guest)).isEqualTo("failed");
    }

    @Test
    @Order(2)
    @DisplayName("with a server the unit ends well, and the guest is reached at the address that it was given")
    void endsWellWithAServer() {
        try (Undo dhcp = serving()) {
            Traffic seen = lab.trafficOf(
                    () -> assertThat(NetworkUnit.start(guest, LONG_ENOUGH)).succeeded());

            assertThat(seen)
                    .hasPassed(QUESTION.to(MacAddress.BROADCAST), guest, launcher, client)
                    .hasPassed(ANSWER.to(guest.mac()), gateway, launcher, guest);
            assertThat(client).reaches(guest.ip());
        }
    }

    @Test
    @Order(3)
    @DisplayName("it is activating until somebody serves, and no longer")
    void waitsUntilSomebodyServes() {
        NetworkUnit.begin(guest, LONG_ENOUGH);
        eventually(() -> assertThat(NetworkUnit.state(guest)).isEqualTo("activating"));
        try (Undo dhcp = serving()) {
            eventually(LONG_ENOUGH, () -> assertThat(NetworkUnit.state(guest)).isEqualTo("active"));
        }
        assertThat(client).reaches(guest.ip());
    }

    @Test
    @Order(4)
    @DisplayName("broken on purpose: its question is seen everywhere, nobody answers, and after 5 s the unit fails")
    void failsWhereNobodyServes() {
        Traffic seen = lab.trafficOf(
                () -> assertThat(NetworkUnit.start(guest, IN_VAIN)).hasExitCode(1));

        assertThat(seen)
                .hasPassed(QUESTION.to(MacAddress.BROADCAST), guest, launcher, client)
                .hasNotPassed(ANSWER, launcher, guest, client, gateway);
        assertThat(NetworkUnit.state(guest)).isEqualTo("failed");
        assertThat(NetworkUnit.journal(guest)).contains("Timeout occurred while waiting for network connectivity");
        assertThat(guest).hasNoIpv4Address();
    }

    private Undo serving() {
        return gateway.serveDhcp(lab.subnet().host(200), lab.subnet().host(209));
    }
}
