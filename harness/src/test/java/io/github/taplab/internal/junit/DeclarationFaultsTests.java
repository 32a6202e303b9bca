package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.Customize;
import io.github.taplab.EachAttachment;
import io.github.taplab.FromLab;
import io.github.taplab.GuestFile;
import io.github.taplab.Lab;
import io.github.taplab.LabContainer;
import io.github.taplab.LabExtension;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapNic;
import io.github.taplab.MacvtapVm;
import io.github.taplab.Seed;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.GuestShell;
import io.github.taplab.node.Internet;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is declared wrongly fails before anything starts: these run without Docker. */
@SuppressWarnings("NullAway.Init") // Fields with @FromLab are set from outside.
class DeclarationFaultsTests {

    private static final String INJECTABLE =
            "there are Lab, Launcher, Guest, GuestShell, Client, Gateway, Internet, MacAddress, InetAddress";

    @LabContainer
    @MacvtapVm(memoryMib = 1)
    static class WrongMemoryCase {
        @Test
        void test() {}
    }

    @Test
    void memoryTooSmall() {
        assertFaults(WrongMemoryCase.class, "@MacvtapVm(name = \"guest\"): memoryMib = 1, must be 96 to 65536 (MiB)");
    }

    @LabContainer
    @MacvtapVm(name = "left", mac = "01:00:5e:00:00:01")
    static class MulticastMacCase {
        @Test
        void test() {}
    }

    @Test
    void multicastMac() {
        assertFaults(
                MulticastMacCase.class,
                "@MacvtapVm(name = \"left\"): mac = \"01:00:5e:00:00:01\" is a multicast address,"
                        + " an interface needs a unicast one: clear the lowest bit of the first octet");
    }

    @LabContainer
    @MacvtapVm(
            image = "http://images.example/debian.qcow2",
            sha256 = "12",
            seed = @Seed(user = "Alice", files = @GuestFile(path = "motd", content = "hello")))
    static class WrongImageCase {
        @Test
        void test() {}
    }

    @Test
    void faultsOfAnImageAndItsSeed() {
        assertFaults(
                WrongImageCase.class,
                "@MacvtapVm(name = \"guest\"): sha256 = \"12\" is no digest: 64 hexadecimal digits (SHA-256)"
                        + " or 128 (SHA-512), found 2 of them",
                "@MacvtapVm(name = \"guest\"): image = \"http://images.example/debian.qcow2\" is http,"
                        + " must be https, or file for an image that is on this machine",
                "@MacvtapVm(name = \"guest\"): path = \"motd\" of a file,"
                        + " must be absolute, without spaces and colons");
    }

    @LabContainer
    @MacvtapVm(firmware = Firmware.UEFI, customize = @Customize(rootPassword = "secret"))
    static class NoImageCase {
        @Test
        void test() {}
    }

    @Test
    void whatNeedsAnImageIsNotPassedOver() {
        assertFaults(
                NoImageCase.class,
                "@MacvtapVm(name = \"guest\"): firmware, customize without an image:"
                        + " the small guest has no disk, say which image it boots from");
    }

    @LabContainer
    @MacvtapVm(name = "left", ip = "198.18.9.300", moreNics = @MacvtapNic(mtu = 9000, queues = 99))
    static class WrongNicsCase {
        @Test
        void test() {}
    }

    @Test
    void faultsOfEveryNic() {
        assertFaults(
                WrongNicsCase.class,
                "@MacvtapVm(name = \"left\"): ip = \"198.18.9.300\" is not an IP address",
                "@MacvtapVm(name = \"left\"): mtu = 9000, must be 68 to 1500 (bytes):"
                        + " the kernel refuses a macvtap above its parent's MTU",
                "@MacvtapVm(name = \"left\"): queues = 99, must be 1 to 8");
    }

    @LabContainer(launchers = {"west", "east"})
    @MacvtapVm
    static class NoLauncherNamedCase {
        @Test
        void test(Launcher launcher) {}
    }

    @Test
    void guestInNoParticularLauncher() {
        assertFaults(
                NoLauncherNamedCase.class,
                "@MacvtapVm(name = \"guest\"): the lab has the launchers [west, east],"
                        + " say in which it runs: launcher = \"west\"",
                "parameter \"launcher\" of NoLauncherNamedCase.test:"
                        + " Launcher: the lab has the launchers [west, east], say which with @FromLab(\"west\")");
    }

    @EachAttachment
    @LabContainer
    @MacvtapVm(trustGuestRxFilters = true)
    static class TooEarlyForInvocationsCase {
        @FromLab
        static Launcher launcher;

        @BeforeAll
        static void before(Lab lab) {}

        @Test
        void test() {}
    }

    @Test
    void labOfAnInvocationIsNotThereForTheClass() {
        assertFaults(
                TooEarlyForInvocationsCase.class,
                "@EachAttachment: trustGuestRxFilters with attachment = QEMU:"
                        + " it is libvirt that moves the macvtap after the guest, and there is none",
                "field TooEarlyForInvocationsCase.launcher:"
                        + " static, but with @EachAttachment each invocation has a lab of its own",
                "parameter \"lab\" of TooEarlyForInvocationsCase.before:"
                        + " with @EachAttachment each invocation has a lab of its own, which is not there before");
    }

    @LabContainer
    @MacvtapVm(mac = "02:9e:12")
    static class MalformedMacCase {
        @Test
        void test() {}
    }

    @Test
    void malformedMac() {
        assertFaults(
                MalformedMacCase.class,
                "@MacvtapVm(name = \"guest\"): mac = \"02:9e:12\" is not a MAC address:"
                        + " six hexadecimal octets such as 02:9e:12:09:00:01");
    }

    @LabContainer
    @MacvtapVm(name = "left")
    @MacvtapVm(name = "right")
    static class UnknownNameCase {
        @FromLab("middle")
        GuestShell shell;

        @Test
        void test(@FromLab("rihgt") Guest guest, @FromLab("server") Client server) {}
    }

    @Test
    void unknownName() {
        assertFaults(
                UnknownNameCase.class,
                "field UnknownNameCase.shell: GuestShell \"middle\": the lab has no such guest, it has [left, right]",
                "parameter \"guest\" of UnknownNameCase.test:"
                        + " Guest \"rihgt\": the lab has no such guest, it has [left, right]",
                "parameter \"server\" of UnknownNameCase.test:"
                        + " Client \"server\": the lab has no such client, it has [client]");
    }

    @LabContainer(clients = {"near", "far"})
    @MacvtapVm(name = "left")
    @MacvtapVm(name = "right")
    static class AmbiguousCase {
        @Test
        void test(Guest guest, MacAddress mac, Client client) {}
    }

    @Test
    void severalOfAKindAndNoneNamed() {
        assertFaults(
                AmbiguousCase.class,
                "parameter \"guest\" of AmbiguousCase.test:"
                        + " Guest: the lab has the guests [left, right], say which with @FromLab(\"left\")",
                "parameter \"mac\" of AmbiguousCase.test:"
                        + " MacAddress: the lab has the guests [left, right], say which with @FromLab(\"left\")",
                "parameter \"client\" of AmbiguousCase.test:"
                        + " Client: the lab has the clients [near, far], say which with @FromLab(\"near\")");
    }

    @LabContainer
    static class NoGuestCase {
        @Test
        void test(Guest guest) {}
    }

    @Test
    void guestWhereNoneIsDeclared() {
        assertFaults(
                NoGuestCase.class,
                "parameter \"guest\" of NoGuestCase.test:"
                        + " Guest: the lab has no guest, add @MacvtapVm to the class");
    }

    @LabContainer(clients = {})
    static class NoClientCase {
        NoClientCase(Client client) {}

        @Test
        void test() {}
    }

    @Test
    void clientWhereNoneIsDeclared() {
        assertFaults(
                NoClientCase.class,
                "parameter \"client\" of NoClientCase's constructor:"
                        + " Client: the lab has no client, name it in @LabContainer(clients = …)");
    }

    @LabContainer
    static class NamedGatewayCase {
        @Test
        void test(@FromLab("router") Gateway gateway) {}
    }

    @Test
    void nameForWhatThereIsOnlyOneOf() {
        assertFaults(
                NamedGatewayCase.class,
                "parameter \"gateway\" of NamedGatewayCase.test:"
                        + " Gateway \"router\": a lab has only one Gateway, leave the name out");
    }

    @Test
    void guestWithoutALab() {
        assertFaults(GuestWithoutLabCase.class, "@MacvtapVm: a guest needs a lab, add @LabContainer to the class");
    }

    @LabContainer(subnet = "198.18.9.0/29")
    static class SubnetTooSmallCase {
        @Test
        void test() {}
    }

    @LabContainer(subnet = "/29")
    static class SizeTooSmallCase {
        @Test
        void test() {}
    }

    @Test
    void subnetTooSmall() {
        assertFaults(
                SubnetTooSmallCase.class, "@LabContainer: subnet = \"198.18.9.0/29\" is too small, must be /16 to /28");
        assertFaults(SizeTooSmallCase.class, "@LabContainer: subnet = \"/29\" is too small, must be /16 to /28");
    }

    @LabContainer(subnet = "198.18.9.7/24")
    static class HostBitsCase {
        @Test
        void test() {}
    }

    @LabContainer(subnet = "lab/24")
    static class SubnetNameCase {
        @Test
        void test() {}
    }

    @Test
    void subnetThatIsNone() {
        assertFaults(
                HostBitsCase.class,
                "@LabContainer: subnet = 198.18.9.7/24 has host bits set, the network is 198.18.9.0/24");
        assertFaults(SubnetNameCase.class, "@LabContainer: subnet = \"lab\" is not an IP address");
    }

    @LabContainer(
            internet = {"www.example.com", "http://example.org"},
            gateway = GatewayPlace.DOCKER_HOST)
    static class WrongInternetCase {
        @Test
        void test() {}
    }

    @Test
    void internetThatCanNotBe() {
        assertFaults(
                WrongInternetCase.class,
                "@LabContainer: internet = \"http://example.org\", must be a host name in lower case with a dot,"
                        + " such as www.example.com",
                "@LabContainer: internet with gateway = DOCKER_HOST:"
                        + " the way there is routed by a container, leave gateway out");
    }

    @LabContainer
    static class NoInternetCase {
        @Test
        void test(Internet internet) {}
    }

    @Test
    void internetWhereNoneIsDeclared() {
        assertFaults(
                NoInternetCase.class,
                "parameter \"internet\" of NoInternetCase.test:"
                        + " Internet: the lab has no internet, name its hosts in @LabContainer(internet = …)");
    }

    @LabContainer(internet = "www.example.com")
    static class NamedInternetCase {
        @Test
        void test(@FromLab("www.example.com") Internet internet) {}
    }

    @Test
    void nameForTheInternet() {
        assertFaults(
                NamedInternetCase.class,
                "parameter \"internet\" of NamedInternetCase.test:"
                        + " Internet \"www.example.com\": a lab has only one Internet, leave the name out");
    }

    @LabContainer
    static class FinalFieldCase {
        @FromLab
        final @Nullable Client client = null;

        @Test
        void test() {}
    }

    @Test
    void finalField() {
        assertFaults(FinalFieldCase.class, "field FinalFieldCase.client: a field with @FromLab must not be final");
    }

    @LabContainer
    static class NotInjectableCase {
        @FromLab
        String address;

        @Test
        void test() {}
    }

    @Test
    void fieldOfATypeThatALabDoesNotGive() {
        assertFaults(NotInjectableCase.class, "field NotInjectableCase.address: String: not injectable, " + INJECTABLE);
    }

    @LabContainer(scope = LabScope.METHOD)
    static class TooEarlyCase {
        TooEarlyCase(Launcher launcher) {}

        @BeforeAll
        static void once(Client client) {}

        @Test
        void test() {}
    }

    @Test
    void handlesBeforeTheLabOfAMethodIsThere() {
        assertFaults(
                TooEarlyCase.class,
                "parameter \"client\" of TooEarlyCase.once:"
                        + " with scope = METHOD a lab is there from @BeforeEach on, not before",
                "parameter \"launcher\" of TooEarlyCase's constructor:"
                        + " with scope = METHOD a lab is there from @BeforeEach on, not before");
    }

    @LabContainer
    static class GuestOnNestedCase {
        @Test
        void test() {}

        @Nested
        @MacvtapVm
        class InnerCase {
            @Test
            void inner() {}
        }
    }

    @Test
    void guestOnANestedClassThatSharesTheLab() {
        assertFaults(
                GuestOnNestedCase.class,
                "@MacvtapVm on InnerCase: it shares this lab, so move the guest to GuestOnNestedCase");
    }

    @LabContainer(scope = LabScope.METHOD)
    static class StaticFieldCase {
        @FromLab
        static Launcher launcher;

        @Test
        void test() {}
    }

    @Test
    void staticFieldWhereEachTestHasALab() {
        assertFaults(
                StaticFieldCase.class,
                "field StaticFieldCase.launcher:" + " static, but with scope = METHOD each test has a lab of its own");
    }

    @LabContainer(subnet = "10.0.0.0/24", clients = "launcher")
    @MacvtapVm(name = "left", address = GuestAddress.TAKE_OVER)
    @MacvtapVm(name = "right", address = GuestAddress.TAKE_OVER)
    @MacvtapVm(name = "Third", mac = "none", memoryMib = 64, cpus = 0)
    static class SeveralFaultsCase {
        @Test
        void test(@FromLab("middle") Guest guest) {}
    }

    @Test
    void allFaultsAtOnce() {
        assertFaults(
                SeveralFaultsCase.class,
                "@MacvtapVm(name = \"Third\"): mac = \"none\" is not a MAC address:"
                        + " six hexadecimal octets such as 02:9e:12:09:00:01",
                "@MacvtapVm(name = \"Third\"): name = \"Third\", must start with a lower-case letter and have"
                        + " lower-case letters, digits and hyphens only, at most 31",
                "@MacvtapVm(name = \"Third\"): memoryMib = 64, must be 96 to 65536 (MiB)",
                "@MacvtapVm(name = \"Third\"): cpus = 0, must be 1 to 64",
                "@LabContainer: subnet = \"10.0.0.0/24\" is outside 198.18.0.0/15:"
                        + " lab traffic stays in the range that is never routed",
                "@LabContainer: clients = \"launcher\": the name is taken, a lab already has [gateway, launcher]",
                "@LabContainer: address = TAKE_OVER on more than one NIC:"
                        + " the launcher has only one address to give",
                "parameter \"guest\" of SeveralFaultsCase.test:"
                        + " Guest \"middle\": the lab has no such guest, it has [left, right, Third]");
    }

    static class RegisteredCase {
        @RegisterExtension
        static final LabExtension LAB =
                LabExtension.of(LabSpec.builder().clients("near").build());

        @Test
        void test(Guest guest, @FromLab("far") Client far) {}
    }

    @Test
    void registeredLabIsHeldAgainstTheSignaturesToo() {
        assertFaults(
                RegisteredCase.class,
                "parameter \"guest\" of RegisteredCase.test:"
                        + " Guest: the lab has no guest, add @MacvtapVm to the class",
                "parameter \"far\" of RegisteredCase.test:"
                        + " Client \"far\": the lab has no such client, it has [near]");
    }

    @LabContainer
    static class TwoWaysCase {
        @RegisterExtension
        static final LabExtension LAB = LabExtension.of(LabSpec.builder().build());

        @Test
        void test() {}
    }

    @Test
    void registeredLabAndAnnotations() {
        assertFaults(
                TwoWaysCase.class, "a registered LabExtension and @LabContainer or @MacvtapVm: use one of the two");
    }

    static class InstanceFieldCase {
        @RegisterExtension
        final LabExtension lab = LabExtension.of(LabSpec.builder().build());

        @Test
        void test() {}
    }

    @Test
    void labRegisteredByAnInstanceField() {
        assertThat(Fixture.failureOf(InstanceFieldCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("LabExtension was registered by an instance field, make it static:"
                        + " a lab is there for the whole class");
    }

    private static void assertFaults(Class<?> testClass, String... problems) {
        assertThat(Fixture.faultOf(testClass))
                .isInstanceOf(ExtensionConfigurationException.class)
                .message()
                .isEqualToNormalizingNewlines("The lab of %s can't be as declared, %d %s:\n  - %s"
                        .formatted(
                                testClass.getName(),
                                problems.length,
                                problems.length == 1 ? "problem" : "problems",
                                String.join("\n  - ", problems)));
    }
}
