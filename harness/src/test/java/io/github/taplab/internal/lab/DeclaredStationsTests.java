package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.address.LabAddresses;
import io.github.taplab.internal.drawing.Nic;
import io.github.taplab.internal.drawing.Station;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacvtapMode;
import io.github.taplab.spec.NicSpec;
import io.github.taplab.spec.Subnet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a lab's drawing shows where nobody was asked: what the nodes are given at their start. */
class DeclaredStationsTests {

    private static List<String> of(LabSpec spec) {
        return new DeclaredStations(spec, new LabAddresses(Subnet.of("198.18.9.0/24")))
                .all().stream().map(DeclaredStationsTests::line).toList();
    }

    private static String line(Station station) {
        return "%s %s: %s"
                .formatted(
                        station.kind(),
                        station.name(),
                        station.nics().stream()
                                .map(DeclaredStationsTests::words)
                                .collect(Collectors.joining("; ")));
    }

    private static String words(Nic nic) {
        return "%s %s%s%s"
                .formatted(
                        nic.mac(),
                        nic.ips().stream().map(InterfaceIp::toString).collect(Collectors.joining(" ")),
                        nic.broken().map(" "::concat).orElse(""),
                        nic.macvtap()
                                .map(end -> " %s on %s of %s".formatted(end.mode(), end.parent(), end.launcher()))
                                .orElse(""));
    }

    private static LabSpec with(NicSpec nic) {
        return LabSpec.builder()
                .clients("client")
                .guest(GuestSpec.named("guest").withNic(nic))
                .build();
    }

    @Test
    void eachHasItsAddresses() {
        assertThat(of(with(NicSpec.DEFAULT)))
                .containsExactly(
                        "gateway gateway: 02:6a:12:09:00:01 198.18.9.1/24",
                        "client client: 02:c1:12:09:00:04 198.18.9.4/24",
                        "launcher launcher: 02:1a:12:09:00:02 198.18.9.2/24",
                        "guest guest: 02:9e:00:00:00:05 198.18.9.5/24 bridge on eth0 of launcher");
    }

    @Test
    void whoTakesTheLaunchersAddressLeavesItNone() {
        assertThat(of(with(NicSpec.builder()
                        .address(GuestAddress.TAKE_OVER)
                        .mode(MacvtapMode.PASSTHRU)
                        .linkUp(false)
                        .build())))
                .contains(
                        "launcher launcher: 02:1a:12:09:00:02 ",
                        "guest guest: 02:9e:00:00:00:05 198.18.9.2/24 unplugged passthru on eth0 of launcher");
    }

    @Test
    void aTapIsOnTheBridgeThatHasTheLaunchersAddress() {
        assertThat(of(LabSpec.builder()
                        .guest(GuestSpec.builder("guest")
                                .attachment(Attachment.BRIDGE)
                                .build())
                        .build()))
                .contains(
                        "launcher launcher: 02:1a:12:09:00:02 ; 02:1a:12:09:00:02 198.18.9.2/24",
                        "guest guest: 02:9e:00:00:00:05 198.18.9.5/24  on br0 of launcher");
    }

    @Test
    void aDeclaredAddressIsTheGuests() {
        NicSpec declared =
                NicSpec.builder().ip(InterfaceIp.of("198.18.9.77/24").ip()).build();

        assertThat(of(LabSpec.builder()
                        .subnet(Subnet.of("198.18.9.0/24"))
                        .guest(GuestSpec.named("guest").withNic(declared))
                        .build()))
                .contains("guest guest: 02:9e:00:00:00:05 198.18.9.77/24 bridge on eth0 of launcher");
    }

    @Test
    void ipv6IsBesideIt() {
        assertThat(of(LabSpec.builder()
                        .ipv6(true)
                        .guest(GuestSpec.named("guest")
                                .withNic(NicSpec.builder()
                                        .address(GuestAddress.NONE)
                                        .build()))
                        .build()))
                .contains(
                        "launcher launcher: 02:1a:12:09:00:02 198.18.9.2/24 fd74:6170:6c62:1209::2/64",
                        "guest guest: 02:9e:00:00:00:05  bridge on eth0 of launcher");
    }
}
