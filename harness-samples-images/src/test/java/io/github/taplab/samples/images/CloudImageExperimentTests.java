package io.github.taplab.samples.images;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.Seed;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.MacAddress;
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
class CloudImageExperimentTests extends SshdConfiguration {

    private static final String PAGE = "http://www.example.com/";

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
