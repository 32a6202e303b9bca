package io.github.taplab.samples.internet;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.node.WebServer;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

// tag::internet[]
@LabContainer(internet = "www.example.com")
@MacvtapVm
// end::internet[]
@Order(701)
@Tag("story")
@DisplayName("7.1 What a guest needs to reach the internet: a name server, a default route, NAT")
@SuppressWarnings("try") // What is undone is so as long as the block lasts.
class InternetTests {

    private static final String PAGE = "http://www.example.com/";

    @Test
    @Order(1)
    @DisplayName("with all three it gets a page by name, and the web server sees the gateway's address")
    void guestGetsAPageByName(Guest guest, Gateway gateway) {
        assertThat(guest.httpGet(PAGE))
                .isAnswered()
                .says("name: www.example.com")
                .says("client: " + gateway.wanIp().getHostAddress());
    }

    @Test
    @Order(2)
    @DisplayName("without the name server no name is known, and the address still works")
    void withoutDnsOnlyTheAddressWorks(Guest guest, Gateway gateway, WebServer webServer) {
        String byAddress = "http://" + webServer.ip().getHostAddress() + "/";

        // tag::stop-dns[]
        try (Undo dns = gateway.stopDns()) {
            assertThat(guest.httpGet(PAGE)).hadUnknownName();
            assertThat(guest.httpGet(byAddress)).isAnswered();
        }
        assertThat(guest.httpGet(PAGE)).isAnswered();
        // end::stop-dns[]
    }

    @Test
    @Order(3)
    @DisplayName("without a default route it knows the name and no way there, and still reaches the lab")
    void withoutADefaultRouteOnlyTheLabIsReached(Guest guest, Gateway gateway) {
        guest.removeDefaultRoute();
        try {
            assertThat(guest.httpGet(PAGE)).hadNoRoute();
            assertThat(guest).reaches(gateway.ip());
        } finally {
            guest.addDefaultRoute(gateway.ip());
        }
        assertThat(guest.httpGet(PAGE)).isAnswered();
    }

    @Test
    @Order(4)
    @DisplayName("without NAT its packets arrive with its own address, to which the web server knows no way")
    void withoutNatNothingComesBack(Guest guest, Gateway gateway, WebServer webServer) {
        InetAddress own = guest.ip();

        // tag::capture[]
        try (Undo nat = gateway.stopNat();
                Capture atServer = webServer.capture(webServer.nic(), "tcp dst port 80")) {
            assertThat(guest.httpGet(PAGE)).timedOut();
            Frame syn = atServer.await("a packet to the web server", frame -> true);
            assertThat(syn.ipv4())
                    .hasValueSatisfying(ip -> assertThat(ip.source()).isEqualTo(own));
        }
        // end::capture[]
        assertThat(guest.httpGet(PAGE)).isAnswered();
    }
}
