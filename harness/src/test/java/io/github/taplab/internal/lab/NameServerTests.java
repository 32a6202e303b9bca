package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.InterfaceIp;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameServerTests {

    private static final NameServer SERVER =
            new NameServer("eth0", List.of("www.example.com", "example.org"), InterfaceIp.ip("203.0.113.19"));

    @Test
    void knowsTheGivenNamesOnlyAndAsksNobody() {
        assertThat(SERVER.start())
                .containsExactly(
                        "dnsmasq",
                        "--conf-file=/dev/null",
                        "--no-hosts",
                        "--no-resolv",
                        "--local=/#/",
                        "--interface=eth0",
                        "--except-interface=lo",
                        "--bind-dynamic",
                        "--pid-file=/run/taplab-dns.pid",
                        "--log-queries",
                        "--log-facility=/var/log/taplab/dnsmasq.log",
                        "--host-record=www.example.com,203.0.113.19",
                        "--host-record=example.org,203.0.113.19");
    }

    @Test
    void endsByItsProgramsNameAndItsOwnProcess() {
        assertThat(SERVER.stop())
                .containsExactly(
                        "start-stop-daemon",
                        "--stop",
                        "--name",
                        "dnsmasq",
                        "--pidfile",
                        "/run/taplab-dns.pid",
                        "--remove-pidfile",
                        "--retry",
                        "TERM/5/KILL/5");
    }
}
