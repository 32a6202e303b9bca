package io.github.taplab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.guestimage.KnownImages;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.GuestShell;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.WebServer;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is declared wrongly fails before anything starts: these run without Docker. */
@SuppressWarnings("NullAway.Init") // Fields with @FromLab are set from outside.
class DeclarationFaultsTests {

    private static final String INJECTABLE =
            "there are Lab, Launcher, Guest, GuestShell, Client, Gateway, WebServer, MacAddress, InetAddress";

    @LabContainer
    @MacvtapVm(memoryMib = 1)
    static class WrongMemoryCase {
        @Test
        void test() {}
    }

    @LabContainer
    @MacvtapVm(name = "left", mac = "01:00:5e:00:00:01")
    static class MulticastMacCase {
        @Test
        void test() {}
    }

    @LabContainer
    @MacvtapVm(
            image = "http://images.example/debian.qcow2",
            checksum = "12",
            seed = @Seed(user = "Alice", files = @GuestFile(path = "motd", content = "hello")))
    static class WrongImageCase {
        @Test
        void test() {}
    }

    @LabContainer
    @MacvtapVm(firmware = Firmware.UEFI, customize = @Customize(rootPassword = "secret"))
    static class NoImageCase {
        @Test
        void test() {}
    }

    @LabContainer
    @MacvtapVm(name = "left", ip = "198.18.9.300", moreNics = @MacvtapNic(mtu = 9000, queues = 99))
    static class WrongNicsCase {
        @Test
        void test() {}
    }

    @LabContainer(launchers = {"west", "east"})
    @MacvtapVm
    static class NoLauncherNamedCase {
        @Test
        void test(Launcher launcher) {}
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

    @LabContainer
    @MacvtapVm(mac = "02:9e:12")
    static class MalformedMacCase {
        @Test
        void test() {}
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

    @LabContainer(clients = {"near", "far"})
    @MacvtapVm(name = "left")
    @MacvtapVm(name = "right")
    static class AmbiguousCase {
        @Test
        void test(Guest guest, @FromLab MacAddress mac, Client client) {}
    }

    @LabContainer
    static class NoGuestCase {
        @Test
        void test(Guest guest) {}
    }

    @LabContainer(clients = {})
    static class NoClientCase {
        NoClientCase(Client client) {}

        @Test
        void test() {}
    }

    @LabContainer
    static class NamedGatewayCase {
        @Test
        void test(@FromLab("router") Gateway gateway) {}
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

    @LabContainer(
            internet = {"www.example.com", "http://example.org"},
            gateway = GatewayPlace.DOCKER_HOST)
    static class WrongInternetCase {
        @Test
        void test() {}
    }

    @LabContainer
    static class NoInternetCase {
        @Test
        void test(WebServer webServer) {}
    }

    @LabContainer(internet = "www.example.com")
    static class NamedInternetCase {
        @Test
        void test(@FromLab("www.example.com") WebServer webServer) {}
    }

    @LabContainer
    static class FinalFieldCase {
        @FromLab
        final @Nullable Client client = null;

        @Test
        void test() {}
    }

    @LabContainer
    static class NotInjectableCase {
        @FromLab
        String address;

        @Test
        void test() {}
    }

    @LabContainer(scope = LabScope.METHOD)
    static class TooEarlyCase {
        TooEarlyCase(Launcher launcher) {}

        @BeforeAll
        static void once(Client client) {}

        @Test
        void test() {}
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

    @LabContainer(scope = LabScope.METHOD)
    static class StaticFieldCase {
        @FromLab
        static Launcher launcher;

        @Test
        void test() {}
    }

    abstract static class SharedBase {
        @FromLab
        static Launcher launcher;
    }

    @LabContainer
    static class SharedFieldCase extends SharedBase {
        @Test
        void test() {}
    }

    @LabContainer(subnet = "10.0.0.0/24", clients = "launcher")
    @MacvtapVm(name = "left", address = GuestAddress.TAKE_OVER)
    @MacvtapVm(name = "right", address = GuestAddress.TAKE_OVER)
    @MacvtapVm(name = "Third", mac = "none", memoryMib = 64, cpus = 0)
    static class SeveralFaultsCase {
        @Test
        void test(@FromLab("middle") Guest guest) {}
    }

    static class RegisteredCase {
        @RegisterExtension
        static final LabExtension LAB =
                LabExtension.of(LabSpec.builder().clients("near").build());

        @Test
        void test(Guest guest, @FromLab("far") Client far) {}
    }

    @LabContainer
    static class TwoWaysCase {
        @RegisterExtension
        static final LabExtension LAB = LabExtension.of(LabSpec.builder().build());

        @Test
        void test() {}
    }

    @LabContainer(subnet = "")
    static class NoSubnetCase {
        @Test
        void test() {}
    }

    @LabContainer(subnet = "/99")
    static class SizeOfNothingCase {
        @Test
        void test() {}
    }

    @LabContainer(subnet = "198.18.9.0/33")
    static class TooLongCase {
        @Test
        void test() {}
    }

    @LabContainer(subnet = "fd00::/64")
    static class Ipv6SubnetCase {
        @Test
        void test() {}
    }

    @LabContainer(clients = {"--rm", "near", "near"})
    static class OddClientsCase {
        @Test
        void test() {}
    }

    @LabContainer(launchers = {})
    static class NoLaunchersCase {
        @Test
        void test(Launcher launcher) {}
    }

    @LabContainer
    @MacvtapVm(name = "two\nlines", ip = "localhost", mac = "02:9e:12:09:00:01\n")
    static class ControlCharactersCase {
        @Test
        void test(@FromLab("two\nlines\u001b[2J") Guest guest) {}
    }

    @LabContainer
    @MacvtapVm(
            image = "debain-12",
            seed = @Seed(password = " ", keys = "", commands = ""),
            customize = @Customize(rootPassword = "two\nlines"))
    static class WrongSecretsCase {
        @Test
        void test() {}
    }

    @LabContainer
    @MacvtapVm(image = "debian-cloud", cloudInit = CloudInit.OFF, seed = @Seed(user = "alice"))
    static class UnreadSeedCase {
        @Test
        void test() {}
    }

    @LabContainer
    @MacvtapVm(memoryMib = Integer.MIN_VALUE, cpus = Integer.MAX_VALUE, mtu = -1, queues = -1)
    static class ExtremeNumbersCase {
        @Test
        void test() {}
    }

    @LabContainer
    @MacvtapVm(launcher = "north")
    static class UnknownLauncherCase {
        @Test
        void test(@FromLab String word) {}
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

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault(
                        "memory too small",
                        WrongMemoryCase.class,
                        "@MacvtapVm(name = \"guest\"): memoryMib = 1, must be 96 to 65536 (MiB)"),
                new Fault(
                        "multicast mac",
                        MulticastMacCase.class,
                        "@MacvtapVm(name = \"left\"): mac = \"01:00:5e:00:00:01\" is a multicast address,"
                                + " an interface needs a unicast one: clear the lowest bit of the first octet"),
                new Fault(
                        "faults of an image and its seed",
                        WrongImageCase.class,
                        "@MacvtapVm(name = \"guest\"): checksum = \"12\" is no digest: 64 hexadecimal digits (SHA-256)"
                                + " or 128 (SHA-512), found 2 of them",
                        "@MacvtapVm(name = \"guest\"): image = \"http://images.example/debian.qcow2\" is http,"
                                + " must be https, or file for an image that is on this machine",
                        "@MacvtapVm(name = \"guest\"): path = \"motd\" of a file,"
                                + " must be absolute, without spaces and colons"),
                new Fault(
                        "what needs an image is not passed over",
                        NoImageCase.class,
                        "@MacvtapVm(name = \"guest\"): firmware, customize without an image:"
                                + " the small guest has no disk, say which image it boots from"),
                new Fault(
                        "faults of every nic",
                        WrongNicsCase.class,
                        "@MacvtapVm(name = \"left\"): ip = \"198.18.9.300\" is not an IP address",
                        "@MacvtapVm(name = \"left\"): mtu = 9000, must be 68 to 1500 (bytes):"
                                + " the kernel refuses a macvtap above its parent's MTU",
                        "@MacvtapVm(name = \"left\"): queues = 99, must be 1 to 8"),
                new Fault(
                        "guest in no particular launcher",
                        NoLauncherNamedCase.class,
                        "@MacvtapVm(name = \"guest\"): the lab has the launchers [west, east],"
                                + " say in which it runs: launcher = \"west\"",
                        "parameter \"launcher\" of NoLauncherNamedCase.test:"
                                + " Launcher: the lab has the launchers [west, east], say which with @FromLab(\"west\")"),
                new Fault(
                        "lab of an invocation is not there for the class",
                        TooEarlyForInvocationsCase.class,
                        "@EachAttachment: trustGuestRxFilters with attachment = QEMU:"
                                + " it is libvirt that moves the macvtap after the guest, and there is none",
                        "field TooEarlyForInvocationsCase.launcher:"
                                + " static, but with @EachAttachment each invocation has a lab of its own",
                        "parameter \"lab\" of TooEarlyForInvocationsCase.before:"
                                + " with @EachAttachment each invocation has a lab of its own, which is not there before"),
                new Fault(
                        "malformed mac",
                        MalformedMacCase.class,
                        "@MacvtapVm(name = \"guest\"): mac = \"02:9e:12\" is not a MAC address:"
                                + " six hexadecimal octets such as 02:9e:12:09:00:01"),
                new Fault(
                        "unknown name",
                        UnknownNameCase.class,
                        "field UnknownNameCase.shell: GuestShell \"middle\": the lab has no such guest, it has [left, right]",
                        "parameter \"guest\" of UnknownNameCase.test:"
                                + " Guest \"rihgt\": the lab has no such guest, it has [left, right]",
                        "parameter \"server\" of UnknownNameCase.test:"
                                + " Client \"server\": the lab has no such client, it has [client]"),
                new Fault(
                        "several of a kind and none named",
                        AmbiguousCase.class,
                        "parameter \"guest\" of AmbiguousCase.test:"
                                + " Guest: the lab has the guests [left, right], say which with @FromLab(\"left\")",
                        "parameter \"mac\" of AmbiguousCase.test:"
                                + " MacAddress: the lab has the guests [left, right], say which with @FromLab(\"left\")",
                        "parameter \"client\" of AmbiguousCase.test:"
                                + " Client: the lab has the clients [near, far], say which with @FromLab(\"near\")"),
                new Fault(
                        "guest where none is declared",
                        NoGuestCase.class,
                        "parameter \"guest\" of NoGuestCase.test:"
                                + " Guest: the lab has no guest, add @MacvtapVm to the class"),
                new Fault(
                        "client where none is declared",
                        NoClientCase.class,
                        "parameter \"client\" of NoClientCase's constructor:"
                                + " Client: the lab has no client, name it in @LabContainer(clients = …)"),
                new Fault(
                        "name for what there is only one of",
                        NamedGatewayCase.class,
                        "parameter \"gateway\" of NamedGatewayCase.test:"
                                + " Gateway \"router\": a lab has only one Gateway, leave the name out"),
                new Fault(
                        "guest without a lab",
                        GuestWithoutLabCase.class,
                        "@MacvtapVm: a guest needs a lab, add @LabContainer to the class"),
                new Fault(
                        "subnet too small (SubnetTooSmallCase)",
                        SubnetTooSmallCase.class,
                        "@LabContainer: subnet = \"198.18.9.0/29\" is too small, must be /16 to /28"),
                new Fault(
                        "subnet too small (SizeTooSmallCase)",
                        SizeTooSmallCase.class,
                        "@LabContainer: subnet = \"/29\" is too small, must be /16 to /28"),
                new Fault(
                        "subnet that is none (HostBitsCase)",
                        HostBitsCase.class,
                        "@LabContainer: subnet = \"198.18.9.7/24\": 198.18.9.7/24 has host bits set, the network is 198.18.9.0/24"),
                new Fault(
                        "subnet that is none (SubnetNameCase)",
                        SubnetNameCase.class,
                        "@LabContainer: subnet = \"lab/24\": \"lab\" is not an IP address"),
                new Fault(
                        "internet that can not be",
                        WrongInternetCase.class,
                        "@LabContainer: internet = \"http://example.org\", must be a host name in lower case with a dot,"
                                + " such as www.example.com",
                        "@LabContainer: internet with gateway = DOCKER_HOST:"
                                + " the way there is routed by a container, leave gateway out"),
                new Fault(
                        "web server where no internet is declared",
                        NoInternetCase.class,
                        "parameter \"webServer\" of NoInternetCase.test:"
                                + " WebServer: the lab has no internet, name its hosts in @LabContainer(internet = …)"),
                new Fault(
                        "name for the web server",
                        NamedInternetCase.class,
                        "parameter \"webServer\" of NamedInternetCase.test:"
                                + " WebServer \"www.example.com\": a lab has only one WebServer, leave the name out"),
                new Fault(
                        "final field",
                        FinalFieldCase.class,
                        "field FinalFieldCase.client: a field with @FromLab must not be final"),
                new Fault(
                        "field of a type that a lab does not give",
                        NotInjectableCase.class,
                        "field NotInjectableCase.address: String: not injectable, " + INJECTABLE),
                new Fault(
                        "handles before the lab of a method is there",
                        TooEarlyCase.class,
                        "parameter \"client\" of TooEarlyCase.once:"
                                + " with scope = METHOD a lab is there from @BeforeEach on, not before",
                        "parameter \"launcher\" of TooEarlyCase's constructor:"
                                + " with scope = METHOD a lab is there from @BeforeEach on, not before"),
                new Fault(
                        "guest on a nested class that shares the lab",
                        GuestOnNestedCase.class,
                        "@MacvtapVm on InnerCase: it shares this lab, so move the guest to GuestOnNestedCase"),
                new Fault(
                        "static field where each test has a lab",
                        StaticFieldCase.class,
                        "field StaticFieldCase.launcher:"
                                + " static, but with scope = METHOD each test has a lab of its own"),
                new Fault(
                        "static field that other classes have too",
                        SharedFieldCase.class,
                        "field SharedBase.launcher: static in a superclass of SharedFieldCase, and other subclasses"
                                + " have labs of their own: make it an instance field"),
                new Fault(
                        "all faults at once",
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
                                + " Guest \"middle\": the lab has no such guest, it has [left, right, Third]"),
                new Fault(
                        "registered lab is held against the signatures too",
                        RegisteredCase.class,
                        "parameter \"guest\" of RegisteredCase.test:"
                                + " Guest: the lab has no guest, add @MacvtapVm to the class",
                        "parameter \"far\" of RegisteredCase.test:"
                                + " Client \"far\": the lab has no such client, it has [near]"),
                new Fault(
                        "registered lab and annotations",
                        TwoWaysCase.class,
                        "a registered LabExtension and @LabContainer or @MacvtapVm: use one of the two"),
                new Fault(
                        "subnet that is empty",
                        NoSubnetCase.class,
                        "@LabContainer: subnet = \"\": \"\" has no prefix length: an address such as 198.18.9.2/24"),
                new Fault(
                        "size of a network of nothing",
                        SizeOfNothingCase.class,
                        "@LabContainer: subnet = \"/99\" is too small, must be /16 to /28"),
                new Fault(
                        "prefix that IPv4 has not",
                        TooLongCase.class,
                        "@LabContainer: subnet = \"198.18.9.0/33\":"
                                + " The prefix length of 198.18.9.0 is 0 to 32, found 33"),
                new Fault(
                        "subnet of IPv6",
                        Ipv6SubnetCase.class,
                        "@LabContainer: subnet = \"fd00::/64\": A lab's subnet is IPv4, found fd00::"),
                new Fault(
                        "clients like options, and twice",
                        OddClientsCase.class,
                        "@LabContainer: clients = \"--rm\", must start with a lower-case letter and have lower-case"
                                + " letters, digits and hyphens only, at most 31",
                        "@LabContainer: clients = \"near\": the name is taken, a lab already has"
                                + " [gateway, launcher, --rm, near]"),
                new Fault(
                        "no launcher at all",
                        NoLaunchersCase.class,
                        "@LabContainer: launchers = {}: a lab has at least one",
                        "parameter \"launcher\" of NoLaunchersCase.test:"
                                + " Launcher: the lab has no launcher, name it in @LabContainer(launchers = …)"),
                new Fault(
                        "control characters",
                        ControlCharactersCase.class,
                        "@MacvtapVm(name = \"two\\nlines\"): mac = \"02:9e:12:09:00:01\\n\" is not a MAC address:"
                                + " six hexadecimal octets such as 02:9e:12:09:00:01",
                        "@MacvtapVm(name = \"two\\nlines\"): ip = \"localhost\" is not an IP address",
                        "@MacvtapVm(name = \"two\\nlines\"): name = \"two\\nlines\", must start with a lower-case letter"
                                + " and have lower-case letters, digits and hyphens only, at most 31",
                        "parameter \"guest\" of ControlCharactersCase.test:"
                                + " Guest \"two\\nlines\\u001b[2J\": the lab has no such guest, it has [\"two\\nlines\"]"),
                new Fault(
                        "a typo, and secrets that are none",
                        WrongSecretsCase.class,
                        "@MacvtapVm(name = \"guest\"): image = \"debain-12\" is no image that Taplab knows"
                                + " (did you mean debian-12?), must be one of "
                                + String.join(", ", KnownImages.read().names())
                                + ", an https:// or file:/// URL with its checksum, or a path with a slash",
                        "@MacvtapVm(name = \"guest\"): password: blank, or with control characters",
                        "@MacvtapVm(name = \"guest\"): keys has \"\", must be one line for authorized_keys each",
                        "@MacvtapVm(name = \"guest\"): commands has \"\","
                                + " must be a shell's line without NUL characters each",
                        "@MacvtapVm(name = \"guest\"): rootPassword: blank, or with control characters"),
                new Fault(
                        "a seed that nobody reads",
                        UnreadSeedCase.class,
                        "@MacvtapVm(name = \"guest\"): seed with cloudInit = OFF: nobody would read it;"
                                + " customize works without cloud-init"),
                new Fault(
                        "the lowest and the highest numbers",
                        ExtremeNumbersCase.class,
                        "@MacvtapVm(name = \"guest\"): mtu = -1, must be 68 to 1500 (bytes):"
                                + " the kernel refuses a macvtap above its parent's MTU",
                        "@MacvtapVm(name = \"guest\"): queues = -1, must be 1 to 8",
                        "@MacvtapVm(name = \"guest\"): memoryMib = -2147483648, must be 96 to 65536 (MiB)",
                        "@MacvtapVm(name = \"guest\"): cpus = 2147483647, must be 1 to 64"),
                new Fault(
                        "a launcher and a parameter that no lab has",
                        UnknownLauncherCase.class,
                        "@LabContainer: launcher = \"north\" of guest: the lab has no such launcher, it has [launcher]",
                        "parameter \"word\" of UnknownLauncherCase.test: String: not injectable, " + INJECTABLE));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isReportedBeforeAnythingStarts(Fault fault) {
        fault.check();
    }

    /**
     * One row of the table.
     *
     * @param title what is wrong
     * @param testClass has it
     * @param problems all that the user is told, after the line that names the class
     */
    record Fault(String title, Class<?> testClass, List<String> problems) {

        Fault(String title, Class<?> testClass, String... problems) {
            this(title, testClass, List.of(problems));
        }

        void check() {
            assertThat(Fixture.faultOf(testClass))
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .message()
                    .isEqualToNormalizingNewlines("The lab of %s can't be as declared, %d %s:\n  - %s"
                            .formatted(
                                    testClass.getName(),
                                    problems.size(),
                                    problems.size() == 1 ? "problem" : "problems",
                                    String.join("\n  - ", problems)));
        }

        @Override
        public String toString() {
            return title;
        }
    }
}
