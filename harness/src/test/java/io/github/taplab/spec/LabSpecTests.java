package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                        List.of()));
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
                        List.of()));
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

        assertThat(List.of(
                        LabSpec.GATEWAY_HOST,
                        lab.launcherHost(0),
                        LabSpec.GATEWAY_CONTAINER_HOST,
                        lab.clientHost(0),
                        lab.clientHost(1),
                        lab.launcherHost(1),
                        lab.guestHost(0),
                        lab.guestHost(1)))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 9);
    }

    @Test
    void fullLabFillsItsSubnetToTheLastAddress() {
        LabSpec lab = manyGuests("198.18.9.16/28", 10);

        assertThat(Subnet.of("198.18.9.16/28").host(lab.guestHost(9))).isEqualTo(Cidr.ip("198.18.9.30"));
    }

    @Test
    void oneNodeMoreDoesNotFit() {
        assertProblems(() -> manyGuests("198.18.9.16/28", 11)).hasMessage("a /28 has 14 addresses, this lab needs 15");
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

    @ParameterizedTest
    @CsvSource({"29, small", "32, small", "15, large", "0, large"})
    void refusesAnySizeBeyondThem(int length, String wrong) {
        assertProblems(() -> LabSpec.builder().prefixLength(length).build())
                .hasMessage("subnet = \"/%d\" is too %s, must be /16 to /28", length, wrong);
    }

    @ParameterizedTest
    @CsvSource({"198.18.9.0/29, small", "198.18.0.0/15, large"})
    void refusesAFixedSubnetOfAnotherSize(String subnet, String wrong) {
        assertProblems(() -> LabSpec.builder().subnet(Subnet.of(subnet)).build())
                .hasMessage("subnet = \"%s\" is too %s, must be /16 to /28", subnet, wrong);
    }

    @Test
    void refusesASubnetOutsideTheLabRange() {
        assertProblems(() ->
                        LabSpec.builder().subnet(Subnet.of("192.168.1.0/24")).build())
                .hasMessage("subnet = \"192.168.1.0/24\" is outside 198.18.0.0/15:"
                        + " lab traffic stays in the range that is never routed");
    }

    @Test
    void refusesTwoGuestsWithOneMac() {
        assertProblems(() -> LabSpec.builder()
                        .guest(guest("left", NicSpec.DEFAULT.withMac(MAC)))
                        .guest(guest("right", NicSpec.DEFAULT.withMac(MAC)))
                        .build())
                .hasMessage("mac = \"02:9e:12:09:00:01\" is given to two NICs on one parent interface,"
                        + " the kernel refuses the second macvtap");
    }

    @Test
    void refusesTwoTakersOfOneAddress() {
        assertProblems(() -> LabSpec.builder()
                        .guest(guest("left", NicSpec.DEFAULT.withAddress(GuestAddress.TAKE_OVER)))
                        .guest(guest("right", NicSpec.DEFAULT.withAddress(GuestAddress.TAKE_OVER)))
                        .build())
                .hasMessage("address = TAKE_OVER on more than one NIC: the launcher has only one address to give");
    }

    @Test
    void refusesACompanionOfAPassthruGuest() {
        GuestSpec alone = guest("alone", NicSpec.DEFAULT.withMode(MacvtapMode.PASSTHRU));

        assertThat(LabSpec.builder().guest(alone).build().guests()).containsExactly(alone);
        assertProblems(() -> LabSpec.builder()
                        .guest(alone)
                        .guest(GuestSpec.named("other"))
                        .build())
                .hasMessage("mode = PASSTHRU with more than one NIC:"
                        + " such a macvtap has the parent interface for itself");
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
    void refusesALauncherThatIsNotThere() {
        assertProblems(() -> LabSpec.builder()
                        .launchers("west", "east")
                        .guest(GuestSpec.named("left").withLauncher("north"))
                        .build())
                .hasMessage("launcher = \"north\" of left: the lab has no such launcher, it has [west, east]");
    }

    @Test
    void refusesALabWithoutLaunchers() {
        assertProblems(() -> LabSpec.builder().launchers().build())
                .hasMessage("launchers = {}: a lab has at least one");
    }

    @Test
    void takesOneAddressTwiceWhereItIsChosen() {
        NicSpec nic = NicSpec.DEFAULT.withIp(Cidr.ip("198.18.9.77"));

        assertThat(LabSpec.builder()
                        .subnet(Subnet.of("198.18.9.0/24"))
                        .guest(guest("left", nic))
                        .guest(guest("right", nic))
                        .build()
                        .guests())
                .hasSize(2);
    }

    @Test
    void refusesAnAddressOutsideTheSubnet() {
        NicSpec nic = NicSpec.DEFAULT.withIp(Cidr.ip("198.18.9.77"));

        assertProblems(() -> LabSpec.builder().guest(guest("left", nic)).build())
                .hasMessage("ip = \"198.18.9.77\" of left:"
                        + " the lab's subnet is not fixed, so give it one that has this address");
        assertProblems(() -> LabSpec.builder()
                        .subnet(Subnet.of("198.18.10.0/24"))
                        .guest(guest("left", nic))
                        .build())
                .hasMessage("ip = \"198.18.9.77\" of left: it is outside the lab's subnet 198.18.10.0/24");
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

    @Test
    void refusesAGuestNamedLikeAClient() {
        assertProblems(() -> LabSpec.builder().guest(GuestSpec.named("client")).build())
                .hasMessage("name = \"client\": the name is taken, a lab already has [gateway, launcher, client]");
    }

    @Test
    void refusesTwoGuestsOfOneName() {
        assertProblems(() -> LabSpec.builder()
                        .guest(GuestSpec.named("twin"))
                        .guest(GuestSpec.named("twin"))
                        .build())
                .hasMessage("name = \"twin\": the name is taken, a lab already has [gateway, launcher, client, twin]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "gateway"})
    void refusesAClientNamedLikeAFixedNode(String name) {
        assertProblems(() -> LabSpec.builder().clients(name).build())
                .hasMessage("clients = \"%s\": the name is taken, a lab already has [gateway, launcher]", name);
    }

    @Test
    void refusesAClientWhoseNameIsNoHostName() {
        assertProblems(() -> LabSpec.builder().clients("My client").build())
                .hasMessage("clients = \"My client\", must start with a lower-case letter and have lower-case"
                        + " letters, digits and hyphens only, at most 31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.com", "example.org", "a.b.c.d.example", "xn--bcher-kva.example", "1.example"})
    void takesHostNames(String name) {
        assertThat(LabSpec.builder().internet(name).build().internet()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "www",
                "WWW.example.com",
                "www.example.com.",
                ".example.com",
                "www..com",
                "-www.example.com",
                "www-.example.com",
                "www_1.example.com",
                "*.example.com",
                "#",
                "/example.com/",
                "www.example.com,other.example.com",
                "203.0.113.9",
                "label-of-64-characters-0123456789-0123456789-0123456789-012345678.example"
            })
    void refusesWhatIsNoHostName(String name) {
        assertProblems(() -> LabSpec.builder().internet(name).build())
                .hasMessage(
                        "internet = \"%s\", must be a host name in lower case with a dot, such as www.example.com",
                        name);
    }

    @Test
    void refusesAHostNameOfMoreThan253Characters() {
        String longest = "a.".repeat(123) + "example";

        assertThat(longest).hasSize(253);
        assertThat(LabSpec.builder().internet(longest).build().internet()).containsExactly(longest);
        assertProblems(() -> LabSpec.builder().internet("a" + longest).build())
                .hasMessageContaining("must be a host name");
    }

    @Test
    void refusesAHostNameThatIsThereTwice() {
        assertProblems(() -> LabSpec.builder()
                        .internet("www.example.com", "www.example.com")
                        .build())
                .hasMessage("internet = \"www.example.com\" is there twice");
    }

    @Test
    void refusesAnInternetBehindTheDockerHost() {
        assertProblems(() -> LabSpec.builder()
                        .gateway(GatewayPlace.DOCKER_HOST)
                        .internet("www.example.com")
                        .build())
                .hasMessage("internet with gateway = DOCKER_HOST:"
                        + " the way there is routed by a container, leave gateway out");
    }

    @Test
    void keepsTheNameOfTheInternetWhereThereIsOne() {
        assertThat(LabSpec.builder().clients("internet").build().clients()).containsExactly("internet");
        assertProblems(() -> LabSpec.builder()
                        .clients("internet")
                        .internet("www.example.com")
                        .build())
                .hasMessage(
                        "clients = \"internet\": the name is taken, a lab already has [gateway, internet, launcher]");
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

    private static AbstractThrowableAssert<?, InvalidSpecException> assertProblems(ThrowingCallable build) {
        return assertThat(catchThrowableOfType(InvalidSpecException.class, build));
    }
}
