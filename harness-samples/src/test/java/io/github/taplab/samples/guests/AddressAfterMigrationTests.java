package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Question(
        value = "Why does a VM lose its IP address when its guest OS restarts after a live migration?",
        answer =
                "The guest asks with the MAC address that it was made with, so a DHCP server that knows the new node's or"
                        + " pod's MAC address instead does not answer it; one that knows the guest's gives it the same address",
        asked = {
            "https://github.com/kubevirt/kubevirt/issues/16696",
            "https://github.com/kubevirt/kubevirt/issues/18621"
        })
@LabContainer(launchers = {"a", "b"})
@MacvtapVm(launcher = "a", attachment = Attachment.QEMU)
@Order(812)
@DisplayName("8.12 The address of a guest that restarts after it has migrated")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class AddressAfterMigrationTests {

    private static final String LOG = "/tmp/dhcp.log";

    @FromLab
    Guest guest;

    @FromLab("a")
    Launcher a;

    @FromLab("b")
    Launcher b;

    @FromLab
    Client client;

    @Test
    @DisplayName("it asks with its own MAC address, and gets its address where the server knows that one")
    void getsItsAddressByItsOwnMac() {
        MacAddress mac = guest.mac();

        CommandResult lease = leaseAfterMigration(mac);

        assertThat(guest).hasMac(mac);
        assertThat(lease).succeeded();
        assertThat(log()).contains("DHCPACK(eth0) %s %s".formatted(guest.ip().getHostAddress(), mac));
    }

    @Test
    @DisplayName("broken on purpose: a server that was told the new launcher's MAC address does not answer")
    void getsNoneByTheLaunchersMac() {
        CommandResult lease = leaseAfterMigration(other().mac());

        assertThat(lease.succeeded()).isFalse();
        assertThat(log()).contains("DHCPDISCOVER(eth0) " + guest.mac()).doesNotContain("DHCPOFFER");
    }

    private Launcher other() {
        return guest.launcher().name().equals("a") ? b : a;
    }

    /** The guest migrates, restarts, and asks a server that has the guest's address for one MAC address. */
    private CommandResult leaseAfterMigration(MacAddress known) {
        InterfaceIp before = guest.interfaceIp();
        String ip = before.ip().getHostAddress();
        guest.migrateTo(other());
        guest.reboot();
        assertThat(guest).hasNoIpv4Address();
        client.run("rm", "-f", LOG);
        client.run(
                "dnsmasq",
                "--conf-file=/dev/null",
                "--port=0",
                "--interface=eth0",
                "--user=root",
                "--log-dhcp",
                "--log-facility=" + LOG,
                "--pid-file=/tmp/dhcp.pid",
                "--leasefile-ro",
                "--no-ping",
                "--dhcp-range=%s,static".formatted(ip),
                "--dhcp-host=%s,%s".formatted(known, ip));
        try {
            return guest.tryRun("udhcpc", "-i", "eth0", "-n", "-q", "-t", "4", "-T", "1", "-s", "/bin/true");
        } finally {
            client.run("sh", "-c", "kill $(cat /tmp/dhcp.pid)");
            guest.addAddress(before);
        }
    }

    private String log() {
        return client.run("cat", LOG).text();
    }
}
