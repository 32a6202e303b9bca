package io.github.taplab.samples.images;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.Seed;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.SshAttempt;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

// tag::cloud-image[]
@LabContainer(internet = "www.example.com")
@MacvtapVm(
        image = "debian-cloud",
        address = GuestAddress.NONE,
        // Addresses come and go by hand here: nothing in the guest shall manage its NIC.
        seed = @Seed(password = CloudImageExperimentTests.PASSWORD, networkConfig = "network: {config: disabled}"))
// end::cloud-image[]
@Order(901)
@DisplayName("9.1 The whole experiment with a guest from a cloud image")
class CloudImageExperimentTests {

    static final String PASSWORD = "swordfish";
    private static final String PAGE = "http://www.example.com/";
    private static final Duration SOON = Duration.ofSeconds(5);
    // resolv.conf(5), timeout: 5 s; a little less, since an emulated guest's clock is not the launcher's.
    private static final Duration RESOLVER_TIMEOUT = Duration.ofMillis(4500);
    private static final String SSHD_CONFIG = "/etc/ssh/sshd_config.d/00-spec.conf";

    @Test
    @Order(1)
    @DisplayName("cloud-init finds its seed, and looks for no metadata service")
    void cloudInitDoesNotSearch(Guest guest, TestReporter reporter) {
        String log = guest.run("cat", "/var/log/cloud-init.log").stdout();
        assertThat(log).contains("DataSourceNoCloud").doesNotContain("169.254.169.254");
        String finished = guest.console().awaitLine("Cloud-init .* finished at");
        assertThat(finished).contains("DataSourceNoCloud");
        reporter.publishEntry("with a seed", finished);
    }

    @Test
    @Order(2)
    @DisplayName("its NIC has the macvtap's MAC address, and no IP address")
    void guestHasTheMacvtapsMac(Guest guest) {
        assertThat(guest.macvtap())
                .hasMac(guest.mac())
                .hasParent(guest.launcher().parent());
        assertThat(guest).hasNoIpv4Address().hasNoDefaultRoute();
    }

    @Test
    @Order(3)
    @DisplayName("with the container's address SSH breaks, until the container gives it up")
    void sameIpOnContainerAndGuestBreaksSsh(Launcher launcher, Guest guest, Client client) {
        guest.copyAddressFrom(launcher);
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(launcher.mac(), guest.mac());
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isRefusedBy(launcher.mac());

        launcher.removeAddress();
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(4)
    @DisplayName("a name server in resolv.conf, and curl gets a page by name")
    void curlGetsAPage(Guest guest, Gateway gateway) {
        guest.sh("echo nameserver %s >/etc/resolv.conf".formatted(gateway.ip().getHostAddress()));
        assertThat(guest.run("curl", "-s", PAGE).stdout()).contains("name: www.example.com");
        assertThat(guest.httpGet(PAGE)).isAnswered();
    }

    @Test
    @Order(5)
    @DisplayName("what sshd permits is what it read at its start")
    void sshdReadsItsConfigurationAtItsStart(Guest guest, Client client) {
        permit(guest, "no");
        guest.run("systemctl", "restart", "ssh");
        assertThat(client.sshWithPassword(guest, "root", PASSWORD)).failedAuthenticationOffering("publickey");

        permit(guest, "yes");
        assertThat(client.sshWithPassword(guest, "root", PASSWORD)).failedAuthenticationOffering("publickey");

        guest.run("systemctl", "restart", "ssh");
        assertThat(client.sshWithPassword(guest, "root", PASSWORD)).isConnected();
        assertThat(client.sshWithPassword(guest, "root", "not " + PASSWORD))
                .failedAuthenticationOffering("publickey", "password");
    }

    private static void permit(Guest guest, String yesOrNo) {
        guest.sh(
                "printf 'PermitRootLogin %1$s\\nPasswordAuthentication %1$s\\n' >%2$s".formatted(yesOrNo, SSHD_CONFIG));
    }

    @Test
    @Order(6)
    @DisplayName("with a name server that does not answer, sshd looks in vain for the client's name, and logs in late")
    void aSilentNameServerMakesLogInsSlow(Launcher launcher, Guest guest, Client client, Gateway gateway) {
        guest.sh("echo UseDNS yes >>" + SSHD_CONFIG);
        guest.run("systemctl", "restart", "ssh");

        int askedOnce;
        try (Capture questions = launcher.capture(guest.macvtap().name(), "udp dst port 53")) {
            assertThat(client.ssh(guest)).isConnected();
            questions.await("a question for the client's name", frame -> true, SOON);
            askedOnce = questions.frames().size();
        }
        gateway.sh("kill -STOP $(pidof dnsmasq)");
        try (Capture questions = launcher.capture(guest.macvtap().name(), "udp dst port 53")) {
            SshAttempt late = client.ssh(guest);
            assertThat(late).isConnected();
            // Not by the clock alone, since a busy machine makes log-ins slow too: it has asked again, after a while.
            assertThat(questions.frames()).hasSizeGreaterThan(askedOnce);
            assertThat(longestPause(questions)).isGreaterThanOrEqualTo(RESOLVER_TIMEOUT);
            assertThat(late.took()).isGreaterThan(longestPause(questions));
        } finally {
            gateway.sh("kill -CONT $(pidof dnsmasq)");
        }
        assertThat(client.ssh(guest)).isConnected();
    }

    private static Duration longestPause(Capture questions) {
        List<Instant> asked = questions.frames().stream().map(Frame::at).toList();
        return IntStream.range(1, asked.size())
                .mapToObj(next -> Duration.between(asked.get(next - 1), asked.get(next)))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    @Test
    @Order(7)
    @DisplayName("a changed MAC address cuts the guest off, the old one brings it back")
    void changedMacCutsOff(Guest guest, Client client) {
        MacAddress own = guest.mac();
        guest.setMac(own.sibling());
        client.flushNeighbours();
        assertThat(client.ssh(guest)).timedOut();

        guest.setMac(own);
        client.flushNeighbours();
        eventually(() -> assertThat(client.ssh(guest)).isConnected());
    }
}
