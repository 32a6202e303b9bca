package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsmasqTests {

    private static final Dnsmasq DHCP =
            Dnsmasq.dhcp("eth0", InterfaceIp.ip("198.18.9.100"), InterfaceIp.ip("198.18.9.109"));
    private static final Dnsmasq ROUTER = Dnsmasq.router("eth0", Prefix.of("fd74:6170:6c62:1209::/64"));

    @Test
    void givesOutAddresses() {
        assertThat(DHCP.start())
                .containsExactly(
                        "start-stop-daemon",
                        "--start",
                        "--name",
                        "dnsmasq",
                        "--pidfile",
                        "/run/taplab-dhcp.pid",
                        "--startas",
                        "/usr/sbin/dnsmasq",
                        "--",
                        "--conf-file=/dev/null",
                        "--port=0",
                        "--except-interface=lo",
                        "--bind-dynamic",
                        "--pid-file=/run/taplab-dhcp.pid",
                        "--leasefile-ro",
                        "--log-facility=/dev/null",
                        "--interface=eth0",
                        "--dhcp-range=198.18.9.100,198.18.9.109",
                        "--no-ping");
    }

    @Test
    void saysThatItIsARouter() {
        assertThat(ROUTER.start())
                .endsWith("--interface=eth0", "--dhcp-range=fd74:6170:6c62:1209::,ra-only")
                .contains("--port=0", "--pid-file=/run/taplab-router.pid");
    }

    @Test
    void endsByItsOwnProcess() {
        assertThat(List.of(DHCP, ROUTER))
                .extracting(Dnsmasq::stop)
                .allSatisfy(argv -> assertThat(argv).containsSequence("--name", "dnsmasq", "--pidfile"))
                .doesNotHaveDuplicates();
    }
}
