package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabSpecTests {

    private static final MacAddress MAC = MacAddress.of("02:9e:12:09:00:01");

    @Test
    void defaultsAreThoseOfTheAnnotation() {
        assertThat(LabSpec.builder().build())
                .isEqualTo(new LabSpec(
                        Optional.empty(),
                        24,
                        false,
                        GatewayPlace.LAB,
                        false,
                        List.of(),
                        List.of("client"),
                        List.of("launcher"),
                        List.of(),
                        Set.of()));
    }

    @Test
    void builderSetsEveryPart() {
        Subnet subnet = Subnet.of("198.18.9.0/24");
        GuestSpec guest = GuestSpec.named("left").withLauncher("east");

        assertThat(LabSpec.builder()
                        .subnet(subnet)
                        .prefixLength(26)
                        .privileged(true)
                        .gateway(GatewayPlace.DOCKER_HOST)
                        .ipv6(true)
                        .guest(guest)
                        .clients("near", "far")
                        .launchers("west", "east")
                        .host(HostFeature.NETEM, HostFeature.KVM)
                        .build())
                .isEqualTo(new LabSpec(
                        Optional.of(subnet),
                        26,
                        true,
                        GatewayPlace.DOCKER_HOST,
                        true,
                        List.of(guest),
                        List.of("near", "far"),
                        List.of("west", "east"),
                        List.of(),
                        Set.of(HostFeature.KVM, HostFeature.NETEM)));
        assertThat(LabSpec.builder()
                        .internet("www.example.com", "example.org")
                        .build()
                        .internet())
                .containsExactly("www.example.com", "example.org");
    }

    @Test
    void everyNodeHasAHostNumberOfItsOwn() {
        LabSpec lab = LabSpec.builder()
                .clients("near", "far")
                .launchers("west", "east")
                .guest(GuestSpec.named("left").withLauncher("west").withNics(List.of(NicSpec.DEFAULT, NicSpec.DEFAULT)))
                .guest(GuestSpec.named("right").withLauncher("east"))
                .build();
        HostNumbers hosts = new HostNumbers(lab);

        assertThat(List.of(
                        HostNumbers.GATEWAY,
                        hosts.launcher("west"),
                        HostNumbers.GATEWAY_CONTAINER,
                        hosts.client("near"),
                        hosts.client("far"),
                        hosts.launcher("east"),
                        hosts.guest(0),
                        hosts.guest(1)))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 9);
    }

    @Test
    void aNameThatIsNoneHasNoHostNumber() {
        HostNumbers hosts = new HostNumbers(LabSpec.builder().clients("near").build());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> hosts.launcher("lancher"))
                .withMessage("The lab has no launcher \"lancher\", it has [launcher]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hosts.client("far"))
                .withMessage("The lab has no client \"far\", it has [near]");
    }

    @Test
    void fullLabFillsItsSubnetToTheLastAddress() {
        LabSpec lab = manyGuests("198.18.9.16/28", 10);

        assertThat(Subnet.of("198.18.9.16/28").host(new HostNumbers(lab).guest(9)))
                .isEqualTo(InterfaceIp.ip("198.18.9.30"));
    }

    private static LabSpec manyGuests(String subnet, int guests) {
        LabSpec.Builder builder = LabSpec.builder().subnet(Subnet.of(subnet));
        for (int i = 0; i < guests; i++) {
            builder.guest(GuestSpec.named("g" + i));
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 28})
    void takesSubnetsUpToBothLimits(int length) {
        assertThat(LabSpec.builder().prefixLength(length).build().prefixLength())
                .isEqualTo(length);
    }

    @Test
    void takesAPassthruGuestThatIsAlone() {
        GuestSpec alone = guest("alone", NicSpec.DEFAULT.withMode(MacvtapMode.PASSTHRU));

        assertThat(LabSpec.builder().guest(alone).build().guests()).containsExactly(alone);
    }

    @Test
    void takesOneMacOnTwoParents() {
        LabSpec lab = LabSpec.builder()
                .launchers("west", "east")
                .guest(guest("left", NicSpec.DEFAULT.withMac(MAC)).withLauncher("west"))
                .guest(guest("right", NicSpec.DEFAULT.withMac(MAC)).withLauncher("east"))
                .build();

        assertThat(lab.guests()).hasSize(2);
    }

    @Test
    void takesOneAddressTwiceWhereItIsChosen() {
        NicSpec nic = NicSpec.DEFAULT.withIp(InterfaceIp.ip("198.18.9.77"));

        assertThat(LabSpec.builder()
                        .subnet(Subnet.of("198.18.9.0/24"))
                        .guest(guest("left", nic))
                        .guest(guest("right", nic))
                        .build()
                        .guests())
                .hasSize(2);
    }

    @Test
    void oneAttachmentForAllGuests() {
        LabSpec lab = LabSpec.builder()
                .guest(GuestSpec.named("left"))
                .guest(GuestSpec.named("right"))
                .build()
                .withAttachment(Attachment.QEMU);

        assertThat(lab.guests()).extracting(GuestSpec::attachment).containsOnly(Attachment.QEMU);
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.com", "example.org", "a.b.c.d.example", "xn--bcher-kva.example", "1.example"})
    void takesHostNames(String name) {
        assertThat(LabSpec.builder().internet(name).build().internet()).containsExactly(name);
    }

    @Test
    void takesAHostNameOf253Characters() {
        String longest = "a.".repeat(123) + "example";

        assertThat(longest).hasSize(253);
        assertThat(LabSpec.builder().internet(longest).build().internet()).containsExactly(longest);
    }

    @Test
    void takesTheNameOfTheInternetWhereThereIsNone() {
        assertThat(LabSpec.builder().clients("webserver").build().clients()).containsExactly("webserver");
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        LabSpec.Builder builder = LabSpec.builder()
                .subnet(Subnet.of("10.0.0.0/8"))
                .clients("gateway")
                .guest(guest("left", NicSpec.DEFAULT.withMac(MAC).withAddress(GuestAddress.TAKE_OVER)))
                .guest(guest("right", NicSpec.DEFAULT.withMac(MAC).withAddress(GuestAddress.TAKE_OVER)));

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(builder::build)
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "subnet = \"10.0.0.0/8\" is too large, must be /16 to /28",
                                "subnet = \"10.0.0.0/8\" is outside 198.18.0.0/15:"
                                        + " lab traffic stays in the range that is never routed",
                                "clients = \"gateway\": the name is taken, a lab already has [gateway, launcher]",
                                "mac = \"02:9e:12:09:00:01\" is given to two NICs on one parent interface,"
                                        + " the kernel refuses the second macvtap",
                                "address = TAKE_OVER on more than one NIC:"
                                        + " the launcher has only one address to give")
                        .allSatisfy(problem -> assertThat(e).hasMessageContaining(problem)));
    }

    private static GuestSpec guest(String name, NicSpec nic) {
        return GuestSpec.named(name).withNic(nic);
    }
}
