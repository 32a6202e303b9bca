package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.CreatedNetwork;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabContainersTests {

    private static final HostFacts BARE =
            new HostFacts(Platform.AMD64, "", "cpu", 246, false, true, false, "no /dev/kvm");
    private static final HostFacts FULL = new HostFacts(Platform.AMD64, "", "cpu", 511, true, true, true, "");
    private static final Map<String, String> LABELS = Map.of("io.github.taplab.session", "0badcafe");
    private static final LabSpec SPEC = LabSpec.builder().clients("near", "far").build();
    private static final LabSpec PRIVILEGED = LabSpec.builder().privileged(true).build();
    private static final LabSpec INTERNET = LabSpec.builder()
            .ipv6(true)
            .internet("www.example.com", "example.org")
            .build();
    private static final LabSpec HOST_GATEWAY =
            LabSpec.builder().gateway(GatewayPlace.DOCKER_HOST).build();

    private static final CreatedNetwork NEAR = new CreatedNetwork("0123456789abcdef", "br-0123456789ab", true, true);
    private static final CreatedNetwork FAR = new CreatedNetwork("fedcba9876543210", "br-fedcba987654", true, true);

    @SuppressWarnings("NullAway") // Requests are pure functions: no engine is asked.
    private static final Wan WAN =
            new Wan(new LabNetwork(null, FAR, "taplab-0badcafe-1-wan", Subnet.of("203.0.113.16/29")));

    @Test
    void launcherHasOneMoreCapabilityAndTheMacvtapDevices() {
        ContainerRequest launcher = containers(SPEC, BARE).launcher("launcher");

        assertThat(launcher.privileged()).isFalse();
        assertThat(launcher.capabilities()).containsExactly("NET_ADMIN");
        assertThat(launcher.deviceRules()).containsExactly("c 246:* rw");
    }

    @Test
    void launcherMayUseWhatTheHostHas() {
        assertThat(containers(SPEC, FULL).launcher("launcher").deviceRules())
                .containsExactly("c 511:* rw", "c 10:232 rw", "c 10:238 rw");
        assertThat(containers(SPEC, new HostFacts(Platform.AMD64, "", "cpu", 246, true, true, false, ""))
                        .launcher("launcher")
                        .deviceRules())
                .containsExactly("c 246:* rw", "c 10:238 rw");
    }

    @Test
    void launcherWhoseGuestsAreOnABridgeMayMakeTaps() {
        LabSpec bridged = LabSpec.builder()
                .launchers("east", "west")
                .guest(GuestSpec.builder("guest")
                        .launcher("east")
                        .attachment(Attachment.BRIDGE)
                        .build())
                .build();

        assertThat(containers(bridged, BARE).launcher("east").deviceRules())
                .containsExactly("c 246:* rw", "c 10:200 rw");
        assertThat(containers(bridged, BARE).launcher("west").deviceRules()).containsExactly("c 246:* rw");
    }

    @Test
    void privilegedLauncherNeedsNoLists() {
        ContainerRequest launcher = containers(PRIVILEGED, FULL).launcher("launcher");

        assertThat(launcher.privileged()).isTrue();
        assertThat(launcher.capabilities()).isEmpty();
        assertThat(launcher.deviceRules()).isEmpty();
    }

    @Test
    void onlyTheLauncherIsEverPrivileged() {
        LabContainers containers = containers(PRIVILEGED, FULL);

        assertThat(List.of(containers.client("client"), containers.gateway())).allSatisfy(beside -> {
            assertThat(beside.privileged()).isFalse();
            assertThat(beside.capabilities()).containsExactly("NET_ADMIN");
            assertThat(beside.deviceRules()).isEmpty();
        });
    }

    @Test
    void launcherIsHostTwo() {
        ContainerRequest launcher = containers(SPEC, BARE).launcher("launcher");

        assertThat(launcher.name()).isEqualTo("taplab-0badcafe-1-launcher");
        assertThat(launcher.hostname()).hasValue("launcher");
        assertThat(launcher.preparation()).containsExactly("/usr/lib/taplab/launcher");
        assertThat(launcher.ip()).hasValue(InterfaceIp.ip("198.18.9.2"));
        assertThat(launcher.mac()).hasValue(MacAddress.of("02:1a:12:09:00:02"));
    }

    @Test
    void clientsFollowFromHostFourOn() {
        ContainerRequest far = containers(SPEC, BARE).client("far");

        assertThat(containers(SPEC, BARE).client("near").ip()).hasValue(InterfaceIp.ip("198.18.9.4"));
        assertThat(far.name()).isEqualTo("taplab-0badcafe-1-far");
        assertThat(far.hostname()).hasValue("far");
        assertThat(far.preparation()).isEmpty();
        assertThat(far.ip()).hasValue(InterfaceIp.ip("198.18.9.5"));
        assertThat(far.mac()).hasValue(MacAddress.of("02:c1:12:09:00:05"));
    }

    @Test
    void gatewayOfTheLabStartsBesideTheAddressThatDockerKeeps() {
        LabContainers containers = containers(SPEC, BARE);
        ContainerRequest gateway = containers.gateway();

        assertThat(gateway.name()).isEqualTo("taplab-0badcafe-1-gateway");
        assertThat(gateway.hostname()).hasValue("gateway");
        assertThat(gateway.network()).isEqualTo("taplab-0badcafe-1");
        assertThat(gateway.ip()).hasValue(InterfaceIp.ip("198.18.9.3"));
        assertThat(gateway.mac()).hasValue(MacAddress.of("02:6a:12:09:00:01"));
        assertThat(containers.gatewayNic()).isEqualTo("eth0");
    }

    @Test
    void hostAsGatewayIsSeenFromItsOwnNetworkNamespace() {
        LabContainers containers = containers(HOST_GATEWAY, BARE);
        ContainerRequest gateway = containers.gateway();

        assertThat(gateway.network()).isEqualTo("host");
        assertThat(gateway.hostname()).isEmpty();
        assertThat(gateway.ip()).isEmpty();
        assertThat(gateway.mac()).isEmpty();
        assertThat(gateway.dns()).isEmpty();
        assertThat(containers.gatewayNic()).isEqualTo("br-0123456789ab");
    }

    @Test
    void commandsOfTestsMayNotChangeTheHostsNetwork() {
        LabContainers containers = containers(HOST_GATEWAY, BARE);

        assertThat(containers.gateway().capabilities()).isEmpty();
    }

    @Test
    void questionsForNamesStayInTheLab() {
        LabContainers containers = containers(SPEC, BARE);

        assertThat(List.of(containers.launcher("launcher"), containers.client("near"), containers.gateway()))
                .extracting(ContainerRequest::dns)
                .containsOnly(Optional.of(InterfaceIp.ip("198.18.9.1")));
    }

    @Test
    void ipv6IsOnWhereTheLabAsksForIt() {
        LabContainers without = containers(SPEC, BARE);
        LabContainers with = containers(LabSpec.builder().ipv6(true).build(), BARE);

        assertThat(List.of(without.launcher("launcher"), without.client("near"), without.gateway()))
                .allMatch(container -> container.sysctls().isEmpty());
        assertThat(List.of(with.launcher("launcher"), with.client("client"), with.gateway()))
                .allMatch(container -> container.sysctls().equals(Map.of("net.ipv6.conf.all.disable_ipv6", "0")));
    }

    @Test
    void gatewayForwardsWhereThereIsAnInternet() {
        LabContainers containers = containers(INTERNET, BARE);

        assertThat(containers.gateway().sysctls())
                .isEqualTo(Map.of("net.ipv6.conf.all.disable_ipv6", "0", "net.ipv4.ip_forward", "1"));
        assertThat(containers.launcher("launcher").sysctls()).doesNotContainKey("net.ipv4.ip_forward");
    }

    @Test
    void webServerIsOnTheWanOnly() {
        ContainerRequest webServer = containers(INTERNET, BARE).webServer(WAN);

        assertThat(webServer.name()).isEqualTo("taplab-0badcafe-1-webserver");
        assertThat(webServer.hostname()).hasValue("webserver");
        assertThat(webServer.preparation())
                .containsExactly("/usr/lib/taplab/webserver", "203.0.113.19", "www.example.com", "example.org", "--");
        assertThat(webServer.network()).isEqualTo("taplab-0badcafe-1-wan");
        assertThat(webServer.ip()).hasValue(InterfaceIp.ip("203.0.113.19"));
        assertThat(webServer.mac()).hasValue(MacAddress.of("02:eb:00:71:00:13"));
        // The gateway, where no name server answers on that side.
        assertThat(webServer.dns()).hasValue(InterfaceIp.ip("203.0.113.18"));
        assertThat(webServer.sysctls()).isEmpty();
        assertThat(webServer.capabilities()).containsExactly("NET_ADMIN");
        assertThat(webServer.privileged()).isFalse();
        assertThat(webServer.labels()).isEqualTo(LABELS);
    }

    @Test
    void allShareImageNetworkAndLabels() {
        LabContainers containers = containers(SPEC, BARE);

        assertThat(List.of(containers.launcher("launcher"), containers.client("near"), containers.gateway()))
                .allSatisfy(container -> {
                    assertThat(container.image()).isEqualTo("sha256:1ab");
                    assertThat(container.network()).isEqualTo("taplab-0badcafe-1");
                    assertThat(container.labels()).isEqualTo(LABELS);
                });
        assertThat(containers(HOST_GATEWAY, BARE).gateway().labels()).isEqualTo(LABELS);
    }

    @SuppressWarnings("NullAway") // Requests are pure functions: no engine is asked.
    private static LabContainers containers(LabSpec spec, HostFacts facts) {
        LabNetwork network = new LabNetwork(null, NEAR, "taplab-0badcafe-1", Subnet.of("198.18.9.0/24"));
        return new LabContainers(
                spec, facts, "sha256:1ab", Map.of(), new LabSnapshots(Map.of()), network, "taplab-0badcafe-1-", LABELS);
    }
}
