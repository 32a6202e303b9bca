package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.diagnosis.Diagnosis;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Node;
import io.github.taplab.node.Route;
import io.github.taplab.node.Undo;
import io.github.taplab.node.WebServer;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lab's internet, seen from a container (curl) and from guests (busybox). */
@LabContainer(internet = {"www.example.com", "example.org"})
@MacvtapVm
@MacvtapVm(name = "taker", address = GuestAddress.TAKE_OVER)
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; what is undone is so as long as the block lasts.
class InternetLabTests {

    private static final String PAGE = "http://www.example.com/";

    @FromLab
    static Lab lab;

    private static Node node(String name) {
        return name.equals("client") ? lab.client() : lab.guest(name);
    }

    private static String at(InetAddress ip) {
        return "http://" + ip.getHostAddress() + "/";
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest", "taker"})
    void everyDeclaredNameIsAnswered(String name) {
        String client = "client: " + lab.gateway().wanIp().getHostAddress();

        assertThat(node(name).httpGet(PAGE))
                .isAnswered()
                .says("name: www.example.com")
                .says(client);
        assertThat(node(name).httpGet("http://example.org/"))
                .isAnswered()
                .says("name: example.org")
                .says(client);
        String byAddress = lab.webServer().ip().getHostAddress();
        assertThat(node(name).httpGet("http://" + byAddress + "/")).isAnswered().says("name: " + byAddress);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void aPageHasAsManyBytesAsAskedFor(String name) {
        assertThat(node(name).httpGet(PAGE + "?bytes=100000"))
                .isAnswered()
                .satisfies(page -> assertThat(page.body()).endsWith("\n" + "x".repeat(100_000)));
        assertThat(node(name).httpGet(PAGE + "?bytes=many")).hasStatus(400);
        assertThat(node(name).httpGet(PAGE + "else/")).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void otherNamesAreUnknown(String name) {
        assertThat(node(name).httpGet("http://www.example.net/")).hadUnknownName();
        assertThat(node(name).httpGet("http://www.www.example.com/")).hadUnknownName();
        assertThat(node(name).httpGet("http://example.com/")).hadUnknownName();
    }

    /** Whoever has the address of another name from elsewhere gets no page. */
    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void otherNamesHaveNoPage(String name) {
        String line = lab.webServer().ip().getHostAddress() + " www.example.net";
        node(name).sh("echo '" + line + "' >>/etc/hosts");

        assertThat(node(name).httpGet("http://www.example.net/")).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void refusedAndNoRouteAreToldApart(String name) {
        assertThat(node(name).httpGet(at(lab.gateway().ip()))).isRefused();
        assertThat(node(name).httpGet(at(lab.subnet().host(250)))).hadNoRoute();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void whatIsStoppedBeginsAgain(String name) {
        try (Undo dns = lab.gateway().stopDns()) {
            assertThat(node(name).httpGet(PAGE)).hadUnknownName();
        }
        assertThat(node(name).httpGet(PAGE)).isAnswered();
        try (Undo nat = lab.gateway().stopNat()) {
            assertThat(node(name).httpGet(PAGE)).timedOut();
            assertThat(node(name)).doesNotReach(lab.webServer());
            assertThatThrownBy(() -> assertThat(node(name)).reaches(lab.webServer()))
                    .isInstanceOf(AssertionError.class);
        }
        assertThat(node(name)).reaches(lab.webServer());
        assertThat(node(name).httpGet(PAGE)).isAnswered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "client", "localhost", "webserver"})
    void theNameServerKnowsNothingOfContainers(String name, Client client, Gateway gateway) {
        assertThat(ask(client, name, gateway.ip()).stdout()).contains("server can't find " + name + ": NXDOMAIN");
    }

    /** The web server has learned an address of the gateway that is not on the lab's network. */
    @Test
    void anAddressOnASecondInterfaceIsNoCauseOfAFailure() {
        assertThat(lab.client().httpGet(PAGE)).isAnswered();
        assertThat(lab.webServer())
                .hasNeighbour(
                        lab.gateway().wanIp(),
                        lab.gateway().link(lab.gateway().wanNic()).mac());

        assertThat(Diagnosis.causes(Behind.of(RunningLab.class, lab).running(), "HTTP from client to " + PAGE))
                .isEmpty();
    }

    @Test
    void theNameServerAnswersInTheLabOnly(Client client, Gateway gateway, WebServer webServer) {
        assertThat(ask(client, "www.example.com", gateway.ip())).succeeded();
        assertThat(gateway.run("ss", "-H", "-lnu", "src", gateway.wanIp().getHostAddress()))
                .printed("");

        // Nor does it at its lab address, for one who knows the way there.
        Prefix inside = new Prefix(lab.subnet().network(), lab.subnet().prefixLength());
        webServer.addRoute(inside, gateway.wanIp());
        try {
            assertThat(webServer).reaches(gateway.ip());
            assertThat(ask(webServer, "www.example.com", gateway.ip()).exitCode())
                    .isNotZero();
        } finally {
            webServer.removeRoute(inside);
        }
    }

    private static CommandResult ask(Node node, String name, InetAddress server) {
        return node.tryRun("busybox", "nslookup", name, server.getHostAddress());
    }

    @Test
    void theWanEndsAtTheWebServer(Gateway gateway, WebServer webServer) {
        assertThat(gateway).hasNoDefaultRoute();
        assertThat(webServer).hasNoDefaultRoute();
        assertThat(webServer.routes()).filteredOn(Route::isIpv4).hasSize(1);
        assertThat(gateway.link(gateway.wanNic())).isUp();
        assertThat(webServer)
                .reaches(gateway.wanIp())
                .hasNeighbour(gateway.wanIp(), gateway.link(gateway.wanNic()).mac());
        // For documentation too (RFC 5737), and nobody's: the gateway knows no way.
        assertThat(lab.client().httpGet("http://192.0.2.1/")).hadNoRoute();
    }

    @Test
    void theInternetIsNoPartOfAPartition(@FromLab("guest") Guest guest, WebServer webServer) {
        String reason = " can't be partitioned from %s:"
                + " that is done on the lab's network, and the internet is behind the gateway";

        assertThatThrownBy(() -> guest.partitionFrom(webServer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("guest" + reason, "webserver");
        assertThatThrownBy(() -> webServer.partitionFrom(guest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("webserver" + reason, "guest");
    }

    @Nested
    @LabContainer(internet = "www.example.com")
    class BesideAnother {

        @Test
        void eachLabHasAnInternetOfItsOwn(Gateway gateway, WebServer webServer, Client client) {
            assertThat(webServer.ip()).isNotEqualTo(lab.webServer().ip());
            assertThat(gateway.wanIp()).isNotEqualTo(lab.gateway().wanIp());
            assertThat(client.httpGet(PAGE))
                    .isAnswered()
                    .says("client: " + gateway.wanIp().getHostAddress());
            assertThat(client.httpGet(at(lab.webServer().ip()))).hadNoRoute();
        }
    }

    @Nested
    @LabContainer
    class Without {

        @Test
        void whatIsAboutItSaysSo(Lab own, Gateway gateway) {
            String reason = "The lab has no internet, name its hosts in @LabContainer(internet = …)";

            assertThatThrownBy(own::webServer)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(reason);
            assertThatThrownBy(gateway::wanIp)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(reason);
            assertThatThrownBy(gateway::wanNic)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(reason);
            assertThatThrownBy(gateway::stopDns)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(reason);
            assertThatThrownBy(gateway::stopNat)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(reason);
        }
    }
}
