package io.github.taplab.samples.internet;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.node.WebServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The large packets are those of the page, on their way from the web server to the guest. The gateway can't pass them
 * on into a lab network with a smaller MTU, and says so to the web server by ICMP. (A packet of the guest's that is too
 * large would not come that far: a veth drops it at the gateway's door, without a word. The guest's are small.)
 */
@LabContainer(internet = "www.example.com")
@MacvtapVm
@Order(702)
@DisplayName("7.2 Path MTU: what depends on one ICMP message")
@SuppressWarnings("try") // What is undone is so as long as the block lasts.
class PathMtuTests {

    private static final String SMALL = "http://www.example.com/";
    private static final int BYTES = 100_000;
    private static final String LARGE = SMALL + "?bytes=" + BYTES;
    private static final int MTU = 1300;
    private static final String TOO_BIG = "icmp[icmptype] = icmp-unreach and icmp[icmpcode] = 4";
    // First: a path MTU that the web server has learnt it keeps for ten minutes.
    @Test
    @Order(1)
    @DisplayName("dropped, it makes a black hole: a small page comes, a large one stalls")
    void withoutTheMessageALargePageStalls(Guest guest, Gateway gateway) {
        assertThat(guest.httpGet(LARGE)).isAnswered();

        // The filter ends last: the connection that stalls goes on sending, and would be told.
        try (Undo filter = dropTooBig(gateway);
                Undo mtu = gateway.overrideMtu(gateway.nic(), MTU)) {
            assertThat(guest.httpGet(SMALL)).isAnswered();
            assertThat(guest.httpGet(LARGE)).timedOut();
        }
    }

    @Test
    @Order(2)
    @DisplayName("delivered, it teaches the web server the MTU of the path, and the large page comes")
    void withTheMessageTheWebServerLearnsThePathMtu(Guest guest, Gateway gateway, WebServer webServer) {
        try (Capture atServer = webServer.capture(webServer.nic(), TOO_BIG);
                Undo mtu = gateway.overrideMtu(gateway.nic(), MTU)) {
            assertThat(guest.httpGet(LARGE)).isAnswered();

            atServer.await("the gateway's \"fragmentation needed\"", frame -> true);
            assertThat(webServer
                            .run("ip", "route", "get", gateway.wanIp().getHostAddress())
                            .text())
                    .contains("mtu " + MTU);
        }
    }

    private static Undo dropTooBig(Gateway gateway) {
        gateway.run("nft", """
                add table ip black-hole; \
                add chain ip black-hole output { type filter hook output priority filter; }; \
                add rule ip black-hole output icmp type destination-unreachable icmp code frag-needed drop""");
        return () -> gateway.run("nft", "delete table ip black-hole");
    }
}
