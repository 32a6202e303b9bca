package io.github.taplab.samples.images;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.InterfaceIp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a cloud image tells on its console when it first boots, without a seed and without an address. */
abstract class FirstBootMessages {

    private static final String SHA256 = "SHA256:[A-Za-z0-9+/]+";

    @Test
    @Order(2)
    @DisplayName("the table of ci-info on the console has the macvtap's MAC address as the hardware address")
    void ciInfoHasTheHardwareAddress(Guest guest) {
        String row = guest.console()
                .awaitLine("ci-info: .*%s".formatted(guest.macvtap().mac()));
        assertThat(row).contains(" " + guest.nic() + " ");
    }

    @Test
    @Order(2)
    @DisplayName("who has no address asks nobody: the network is unreachable, says the crawl")
    void theCrawlFindsTheNetworkUnreachable(Guest guest) {
        assertThat(guest).hasNoIpv4Address();
        eventually(() -> assertThat(guest.run("cat", "/var/log/cloud-init.log").stdout())
                .containsPattern("169\\.254\\.169\\.254.*Network is unreachable"));
    }

    @Test
    @Order(4)
    @DisplayName("the fingerprint on the console is that of the key which SSH offers, until the key is made anew")
    void theFingerprintOnTheConsoleIsWhatSshOffers(Guest guest, Client client) {
        String line = guest.console().awaitLine("256 %s .*\\(ED25519\\)".formatted(SHA256));
        String told = line.replaceFirst(".*(%s).*".formatted(SHA256), "$1");
        InterfaceIp address = client.interfaceIp().plus(100);
        guest.run("ip", "link", "set", guest.nic(), "up");
        guest.addAddress(address);

        assertThat(offered(client, address)).contains(told);

        guest.sh("cd /etc/ssh && rm ssh_host_ed25519_key*"
                + " && ssh-keygen -q -t ed25519 -N '' -f ssh_host_ed25519_key && systemctl restart ssh");
        assertThat(offered(client, address)).contains("SHA256:").doesNotContain(told);
    }

    private static String offered(Client client, InterfaceIp address) {
        return client.sh("ssh-keyscan -T 25 -t ed25519 %s 2>/dev/null | ssh-keygen -l -f -"
                        .formatted(address.ip().getHostAddress()))
                .stdout();
    }
}
