package io.github.taplab.internal.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.drawing.Nic.Macvtap;
import io.github.taplab.internal.drawing.Nic.Network;
import io.github.taplab.internal.drawing.Station.Kind;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabDrawingTests {

    private static final String SUBNET = "198.18.9.0/24";
    private static final MacAddress GUEST_MAC = MacAddress.of("02:9e:00:00:00:05");
    private static final MacAddress OTHER_MAC = MacAddress.of("02:9e:00:00:00:85");

    private static final Station CLIENT =
            new Station(Kind.CLIENT, "client", List.of(nic("02:c1:12:09:00:04", "198.18.9.4/24")));
    private static final Station LAUNCHER =
            new Station(Kind.LAUNCHER, "launcher", List.of(nic("02:1a:12:09:00:02", "198.18.9.2/24")));

    @Test
    void theExperiment() {
        Golden.assertIs("experiment.svg", new LabDrawing(SUBNET, List.of(LAUNCHER, guest(), CLIENT)).svg());
    }

    @Test
    void aTapOnABridgeHasAMacAddressThatIsNobodys() {
        Station launcher = new Station(
                Kind.LAUNCHER,
                "launcher",
                List.of(
                        nic("02:1a:12:09:00:02"),
                        new Nic(
                                "br0",
                                MacAddress.of("02:1a:12:09:00:02"),
                                List.of(InterfaceIp.of("198.18.9.2/24")),
                                Network.INSIDE,
                                Optional.empty(),
                                Optional.empty())));
        Station guest = new Station(
                Kind.GUEST,
                "guest",
                List.of(new Nic(
                        "eth0",
                        GUEST_MAC,
                        List.of(),
                        Network.LAB,
                        Optional.empty(),
                        Optional.of(new Macvtap("vnet0", "launcher", "br0", "", OTHER_MAC, Optional.empty())))));

        assertThat(new LabDrawing(SUBNET, List.of(launcher, guest)).svg())
                .contains("on vnet0 02:9e:00:00:00:85 on launcher, a tap of br0", ">vnet0 on br0<")
                .doesNotContain("lets in no frames");
    }

    @Test
    void oneAddressOfTwoAndAnotherMacAddress() {
        Station launcher = new Station(
                Kind.LAUNCHER, "launcher", List.of(nic("02:1a:12:09:00:02", "198.18.9.2/24", "198.18.9.5/24")));
        Station guest = new Station(
                Kind.GUEST,
                "guest",
                List.of(new Nic(
                        "eth0",
                        OTHER_MAC,
                        List.of(InterfaceIp.of("198.18.9.5/24")),
                        Network.LAB,
                        Optional.empty(),
                        Optional.of(macvtap("macvtap0", "bridge", GUEST_MAC, null)))));

        Golden.assertIs("conflicts.svg", new LabDrawing(SUBNET, List.of(guest, CLIENT, launcher)).svg());
    }

    @Test
    void anInternetAndCablesThatLetNothingPass() {
        Station bridge = new Station(Kind.BRIDGE, "br-1f2e3d4c5b6a", List.of(nic("02:42:c6:12:09:00")));
        Station gateway = new Station(
                Kind.GATEWAY,
                "gateway",
                List.of(
                        nic("02:6a:12:09:00:01", "198.18.9.1/24", "fd74:6170:6c62:1209::1/64"),
                        new Nic(
                                "eth1",
                                MacAddress.of("02:6a:cb:00:71:02"),
                                List.of(InterfaceIp.of("203.0.113.2/29")),
                                Network.WAN,
                                Optional.of("unplugged"),
                                Optional.empty())));
        Station web = new Station(
                Kind.WEB_SERVER,
                "web",
                List.of(new Nic(
                        "eth0",
                        MacAddress.of("02:eb:cb:00:71:03"),
                        List.of(InterfaceIp.of("203.0.113.3/29")),
                        Network.WAN,
                        Optional.empty(),
                        Optional.empty())));
        Station launcher = new Station(
                Kind.LAUNCHER,
                "launcher",
                List.of(new Nic(
                        "eth0",
                        MacAddress.of("02:1a:12:09:00:02"),
                        List.of(),
                        Network.LAB,
                        Optional.of("down"),
                        Optional.empty())));
        Station down = new Station(
                Kind.GUEST,
                "left",
                List.of(new Nic(
                        "eth0",
                        GUEST_MAC,
                        List.of(),
                        Network.LAB,
                        Optional.of("link down"),
                        Optional.of(macvtap("macvtap0", "vepa", GUEST_MAC, "no carrier")))));
        Station second = new Station(
                Kind.GUEST,
                "right",
                List.of(new Nic(
                        "enp1s0",
                        OTHER_MAC,
                        List.of(InterfaceIp.of("198.18.9.6/24")),
                        Network.LAB,
                        Optional.empty(),
                        Optional.of(macvtap("macvtap1", "vepa", OTHER_MAC, "no carrier")))));

        Golden.assertIs(
                "internet.svg",
                new LabDrawing(SUBNET, List.of(web, gateway, bridge, CLIENT, launcher, down, second)).svg());
    }

    @Test
    void inModePassthruAnyMacAddressWillDo() {
        Station guest = new Station(
                Kind.GUEST,
                "guest",
                List.of(new Nic(
                        "eth0",
                        OTHER_MAC,
                        List.of(),
                        Network.LAB,
                        Optional.empty(),
                        Optional.of(macvtap("macvtap0", "passthru", GUEST_MAC, null)))));

        assertThat(new LabDrawing(SUBNET, List.of(LAUNCHER, guest)).svg()).doesNotContain("wrong", "lets in");
    }

    @Test
    void aGuestWhoseLauncherIsNotThereIsDrawnAlone() {
        assertThat(Golden.description(new LabDrawing(SUBNET, List.of(guest())).svg()))
                .isEqualTo("guest guest: eth0 02:9e:00:00:00:05, 198.18.9.5/24, on macvtap0 02:9e:00:00:00:05 on"
                        + " launcher, mode bridge, over eth0.");
        assertThat(new LabDrawing(SUBNET, List.of(guest())).svg()).contains(">guest<");
    }

    @Test
    void anEmptyLabIsItsNetwork() {
        assertThat(Golden.parsed(new LabDrawing(SUBNET, List.of()).svg())
                        .getElementsByTagName("text")
                        .item(0)
                        .getTextContent())
                .isEqualTo("Network 198.18.9.0/24");
    }

    static Station guest() {
        return new Station(
                Kind.GUEST,
                "guest",
                List.of(new Nic(
                        "eth0",
                        GUEST_MAC,
                        List.of(InterfaceIp.of("198.18.9.5/24")),
                        Network.LAB,
                        Optional.empty(),
                        Optional.of(macvtap("macvtap0", "bridge", GUEST_MAC, null)))));
    }

    private static Macvtap macvtap(String link, String mode, MacAddress mac, @Nullable String broken) {
        return new Macvtap(link, "launcher", "eth0", mode, mac, Optional.ofNullable(broken));
    }

    private static Nic nic(String mac, String... ips) {
        return new Nic(
                "eth0",
                MacAddress.of(mac),
                Arrays.stream(ips).map(InterfaceIp::of).toList(),
                Network.LAB,
                Optional.empty(),
                Optional.empty());
    }
}
