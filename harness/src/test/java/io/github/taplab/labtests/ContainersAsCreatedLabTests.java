package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.GivenSettings;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.session.Session;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GatewayPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the containers of a lab may, as the engine says it: just what is listed here, and of all else what any container
 * has for which nothing was asked. Capabilities, seccomp and AppArmor profiles, namespaces, mounts, ports, devices and
 * hidden paths are all in there.
 */
@LabContainer(
        launchers = {"plain", "bridged"},
        internet = "www.example.org")
@MacvtapVm(name = "guest", launcher = "plain")
@MacvtapVm(name = "tapped", launcher = "bridged", attachment = Attachment.BRIDGE)
class ContainersAsCreatedLabTests {

    private static final String LABEL = "io.github.taplab.lab=" + ContainersAsCreatedLabTests.class.getName();
    private static HostFacts facts = new HostFacts(Platform.AMD64, "", "", 0, false, false, false, "");

    @BeforeAll
    static void askTheHost() {
        try (Session session = Session.start(GivenSettings.read())) {
            facts = session.engines().get(0).host().facts();
        }
    }

    private static String beyondPlain(String label, String nameEnd) {
        List<Map<String, Object>> found = EngineView.inspections(label, nameEnd);
        assertThat(found).as("containers whose names end with " + nameEnd).hasSize(1);
        return beyondPlain(found.get(0));
    }

    private static String beyondPlain(Map<String, Object> container) {
        Map<String, Object> plain = EngineView.inspectionOfAPlainContainer(String.valueOf(container.get("Image")));
        return CreatedContainer.beyond(plain, container)
                .replaceAll("CAP_NET_ADMIN", "NET_ADMIN")
                .replaceAll("198\\.1[89]\\.\\d+\\.1\\b", "198.18.x.1")
                .replaceAll("taplab-\\w+-snapshot-\\d+", "SNAPSHOT")
                .replaceAll("NetworkMode: taplab-\\S+", "NetworkMode: LAB");
    }

    private static String devices(String... more) {
        List<String> rules = new ArrayList<>(List.of("c %d:* rw".formatted(facts.macvtapMajor())));
        if (facts.kvm()) {
            rules.add("c 10:232 rw");
        }
        if (facts.vhost()) {
            rules.add("c 10:238 rw");
        }
        rules.addAll(List.of(more));
        return rules.stream().sorted().toList().toString();
    }

    @Test
    void aLauncher() {
        assertThat(beyondPlain(LABEL, "-plain")).isIn(launcher("ReadOnly=true, ", devices()), launcher("", devices()));
    }

    /** The tap's own device, and nothing else. */
    @Test
    void aLauncherWhoseGuestIsOnABridge() {
        String rules = devices("c 10:200 rw");

        assertThat(beyondPlain(LABEL, "-bridged")).isIn(launcher("ReadOnly=true, ", rules), launcher("", rules));
    }

    // A lab that makes its guest's snapshot may write to it, all later ones may not.
    private static String launcher(String readOnly, String rules) {
        return """
                AutoRemove: true
                CapAdd: [NET_ADMIN]
                DeviceCgroupRules: %s
                Dns: [198.18.x.1]
                LogConfig: {Type=none}
                Mounts: [{%sSource=SNAPSHOT, Target=/var/lib/taplab/snapshots/SNAPSHOT, Type=volume}]
                NetworkMode: LAB""".formatted(rules, readOnly);
    }

    private static final String STATION = """
            AutoRemove: true
            CapAdd: [NET_ADMIN]
            Dns: [198.18.x.1]
            LogConfig: {Type=none}
            NetworkMode: LAB""";

    @Test
    void aClient(Client client) {
        assertThat(client.name()).isEqualTo("client");
        assertThat(beyondPlain(LABEL, "-client")).isEqualTo(STATION);
    }

    @Test
    void aGatewayThatIsARouter(Gateway gateway) {
        assertThat(gateway.name()).isEqualTo("gateway");
        assertThat(beyondPlain(LABEL, "-gateway")).isEqualTo(STATION + "\nSysctls: {net.ipv4.ip_forward=1}");
    }

    @Test
    void aWebServer(Lab lab) {
        assertThat(lab.webServer().name()).isEqualTo("webserver");
        assertThat(beyondPlain(LABEL, "-webserver"))
                .isEqualTo(STATION.replace("198.18.x.1", lab.gateway().wanIp().getHostAddress()));
    }

    /** In the Docker host's network; one for all labs of a session. */
    @Test
    void whatKeepsTheDockerHostOffLabs(Client client) {
        assertThat(client.name()).isEqualTo("client");
        String session = EngineView.labelOf(LABEL, "-client", "io.github.taplab.session");

        assertThat(beyondPlain("io.github.taplab.session=" + session, "-host-1"))
                .isEqualTo("""
                        AutoRemove: true
                        CapAdd: [NET_ADMIN]
                        LogConfig: {Type=none}
                        NetworkMode: host""");
    }

    @Nested
    @LabContainer(gateway = GatewayPlace.DOCKER_HOST, ipv6 = true)
    class WithTheDockerHostAsAGateway {

        private static final String LABEL = "io.github.taplab.lab=" + WithTheDockerHostAsAGateway.class.getName();

        /** A station there for commands of tests, which has no NET_ADMIN. */
        @Test
        void theStationThere(@FromLab Gateway gateway) {
            assertThat(gateway.name()).isEqualTo("gateway");
            assertThat(beyondPlain(LABEL, "-gateway")).isEqualTo("""
                            AutoRemove: true
                            LogConfig: {Type=none}
                            NetworkMode: host""");
        }

        @Test
        void aClientWithIpv6(@FromLab Client client) {
            assertThat(client.name()).isEqualTo("client");
            assertThat(beyondPlain(LABEL, "-client"))
                    .isEqualTo(STATION + "\nSysctls: {net.ipv6.conf.all.disable_ipv6=0}");
        }
    }

    /** As it is created: where the engine itself may not do what it asks for, it does not start. */
    @Test
    void aPrivilegedLauncher(@TempDir Path output) throws Exception {
        CompletableFuture<Map<String, Object>> created =
                EngineView.inspectedAtCreation("io.github.taplab.lab=" + Privileged.class.getName(), "-launcher");

        Fixtures.run(Privileged.class, output);

        assertThat(beyondPlain(created.get(10, TimeUnit.SECONDS))).isEqualTo("""
                        AutoRemove: true
                        Dns: [198.18.x.1]
                        LogConfig: {Type=none}
                        MaskedPaths: null
                        NetworkMode: LAB
                        Privileged: true
                        ReadonlyPaths: null
                        SecurityOpt: [label=disable]""");
    }

    @Disabled("run by ContainersAsCreatedLabTests")
    @LabContainer(privileged = true)
    static class Privileged {

        @Test
        void starts(Lab lab) {
            assertThat(lab.launcher().name()).isEqualTo("launcher");
        }
    }
}
