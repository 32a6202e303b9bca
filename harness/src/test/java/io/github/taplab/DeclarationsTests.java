package io.github.taplab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.Declarations.Declaration;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.WebServer;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.CustomizeSpec;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestFileSpec;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import io.github.taplab.spec.NicSpec;
import io.github.taplab.spec.SeedSpec;
import io.github.taplab.spec.Subnet;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // Fields with @FromLab are set from outside.
class DeclarationsTests {

    private static final LabSpec ONE_GUEST =
            LabSpec.builder().guest(GuestSpec.named("guest")).build();

    @LabContainer
    @MacvtapVm
    static class DefaultsCase {}

    @Test
    void annotationsAndBuilderHaveTheSameDefaults() {
        Declaration declaration = read(DefaultsCase.class);

        assertThat(declaration.spec()).isEqualTo(ONE_GUEST);
        assertThat(declaration.scope()).isEqualTo(LabScope.CLASS);
        assertThat(declaration.asked()).isEmpty();
    }

    @LabContainer
    @MacvtapVm
    static class EnumCase {

        enum Choice {
            ONE
        }
    }

    /** All nested classes are looked through, and to go on from an enum's to the JDK's would come to no end. */
    @Test
    void aTestClassMayHaveAnEnum() {
        assertThat(read(EnumCase.class).spec()).isEqualTo(ONE_GUEST);
    }

    @LabContainer(
            scope = LabScope.METHOD,
            subnet = "198.18.9.0/26",
            gateway = GatewayPlace.DOCKER_HOST,
            clients = {"near", "far"},
            ipv6 = true,
            privileged = true)
    @MacvtapVm(
            name = "left",
            address = GuestAddress.NONE,
            mac = "02-9E-00-00-00-01",
            mode = MacvtapMode.PRIVATE,
            trustGuestRxFilters = true,
            memoryMib = 256,
            cpus = 2)
    @MacvtapVm(name = "right")
    static class EverythingCase {}

    @Test
    void everyAttributeIsRead() {
        Declaration declaration = read(EverythingCase.class);

        assertThat(declaration.scope()).isEqualTo(LabScope.METHOD);
        assertThat(declaration.spec())
                .isEqualTo(LabSpec.builder()
                        .subnet(Subnet.of("198.18.9.0/26"))
                        .gateway(GatewayPlace.DOCKER_HOST)
                        .clients("near", "far")
                        .ipv6(true)
                        .privileged(true)
                        .guest(GuestSpec.named("left")
                                .withNic(NicSpec.DEFAULT
                                        .withAddress(GuestAddress.NONE)
                                        .withMac(MacAddress.of("02:9e:00:00:00:01"))
                                        .withMode(MacvtapMode.PRIVATE)
                                        .withTrustGuestRxFilters(true))
                                .withMemoryMib(256)
                                .withCpus(2))
                        .guest(GuestSpec.named("right"))
                        .build());
    }

    @LabContainer
    @MacvtapVm(
            image = "debian-cloud",
            firmware = Firmware.UEFI,
            seed =
                    @Seed(
                            user = "alice",
                            password = "secret",
                            keys = "ssh-ed25519 AAAA",
                            networkConfig = "version: 1",
                            files = @GuestFile(path = "/etc/motd", content = "hello", mode = "0600"),
                            commands = "true"),
            customize =
                    @Customize(
                            rootPassword = "other",
                            files = @GuestFile(path = "/top", content = "x"),
                            commands = "false"))
    @MacvtapVm(name = "bare", image = "./a.qcow2", cloudInit = CloudInit.OFF, memoryMib = 256)
    static class ImageCase {}

    @Test
    void imagesAreRead() {
        GuestSpec guest = GuestSpec.named("guest")
                .withDisk(DiskSpec.builder(ImageSource.of("debian-cloud", ""))
                        .firmware(Firmware.UEFI)
                        .cloudInit(CloudInit.NO_CLOUD)
                        .seed(SeedSpec.builder()
                                .user("alice")
                                .password("secret")
                                .keys(List.of("ssh-ed25519 AAAA"))
                                .networkConfig("version: 1")
                                .files(List.of(GuestFileSpec.builder("/etc/motd", "hello")
                                        .mode("0600")
                                        .build()))
                                .commands(List.of("true"))
                                .build())
                        .customize(CustomizeSpec.builder()
                                .rootPassword("other")
                                .files(List.of(GuestFileSpec.builder("/top", "x")
                                        .mode("0644")
                                        .build()))
                                .commands(List.of("false"))
                                .build())
                        .build());
        GuestSpec bare = GuestSpec.named("bare")
                .withDisk(DiskSpec.builder(ImageSource.of("./a.qcow2", ""))
                        .firmware(Firmware.BIOS)
                        .cloudInit(CloudInit.OFF)
                        .build())
                .withMemoryMib(256);

        assertThat(guest.memoryMib()).isEqualTo(768);
        assertThat(read(ImageCase.class).spec().guests()).containsExactly(guest, bare);
    }

    @LabContainer(internet = {"www.example.com", "example.org"})
    static class InternetCase {
        @Test
        void test(WebServer webServer) {}
    }

    @Test
    void internetIsRead() {
        assertThat(read(InternetCase.class).spec())
                .isEqualTo(LabSpec.builder()
                        .internet("www.example.com", "example.org")
                        .build());
        assertThat(read(InternetCase.class).asked()).isEmpty();
    }

    @LabContainer(subnet = "/26")
    static class SizeCase {}

    @Test
    void sizeAloneAsksForAnyNetworkOfThatSize() {
        assertThat(read(SizeCase.class).spec())
                .isEqualTo(LabSpec.builder().prefixLength(26).build());
    }

    @LabContainer
    @MacvtapVm
    @Retention(RetentionPolicy.RUNTIME)
    @interface OneGuestLab {}

    @OneGuestLab
    static class MetaAnnotatedCase {}

    @Test
    void annotationOfOnesOwnStandsForThoseOnIt() {
        assertThat(Declarations.declaresLab(MetaAnnotatedCase.class)).isTrue();
        assertThat(Declarations.declaresGuest(MetaAnnotatedCase.class)).isTrue();
        assertThat(read(MetaAnnotatedCase.class).spec()).isEqualTo(ONE_GUEST);
    }

    static class InheritedCase extends DefaultsCase {
        @Test
        void test(Client client) {}
    }

    @Test
    void declarationIsInheritedFromTheSuperclass() {
        assertThat(read(InheritedCase.class).spec()).isEqualTo(ONE_GUEST);
        assertThat(read(InheritedCase.class).asked()).containsExactly("client");
    }

    static class PlainCase {}

    @Test
    void plainClassDeclaresNothing() {
        assertThat(Declarations.declaresLab(PlainCase.class)).isFalse();
        assertThat(Declarations.declaresGuest(PlainCase.class)).isFalse();
    }

    @LabContainer(clients = {"near", "far", "spare"})
    @MacvtapVm
    static class AskingCase {
        @FromLab("near")
        Client near;

        @FromLab
        Lab lab;

        @BeforeAll
        static void beforeAll(Launcher launcher) {}

        @Test
        void test(@FromLab("far") Client far, Guest guest, @FromLab InetAddress ip) {}

        void notJUnits(@FromLab("spare") Client spare) {}
    }

    @Test
    void onlyClientsInSignaturesAreAskedFor() {
        assertThat(read(AskingCase.class).asked()).containsExactlyInAnyOrder("near", "far");
    }

    @LabContainer
    static class GatewayCase {
        GatewayCase(Client only) {}

        @AfterEach
        void afterEach(Gateway gateway) {}
    }

    @Test
    void gatewayAndTheOnlyClientAreAskedForByType() {
        assertThat(read(GatewayCase.class).asked()).containsExactlyInAnyOrder("gateway", "client");
    }

    @LabContainer(clients = {"near", "far", "other"})
    static class OuterCase {
        @Test
        void test(@FromLab("near") Client near) {}

        @Nested
        class SharingCase {
            @Test
            void test(@FromLab("far") Client far) {}

            @Nested
            class DeeperCase {
                @Test
                void test(Gateway gateway) {}
            }
        }

        @Nested
        @LabContainer(clients = "other")
        class OwnLabCase {
            @Test
            void test(@FromLab("other") Client other) {}
        }
    }

    @Test
    void nestedClassesThatShareTheLabAskWithIt() {
        assertThat(read(OuterCase.class).asked()).containsExactlyInAnyOrder("near", "far", "gateway");
        assertThat(read(OuterCase.OwnLabCase.class).asked()).containsExactly("other");
    }

    @LabContainer
    static class FaultyNestedCase {
        @Nested
        class InnerCase {
            @Test
            void test(Guest guest) {}
        }
    }

    @Test
    void faultInANestedClassIsOneOfTheLab() {
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> read(FaultyNestedCase.class))
                .withMessageEndingWith("  - parameter \"guest\" of InnerCase.test:"
                        + " Guest: the lab has no guest, add @MacvtapVm to the class");
    }

    @LabContainer
    static class GuestInNestedCase {
        @Nested
        @MacvtapVm
        class InnerCase {
            @Test
            void test() {}
        }
    }

    @Test
    void guestOnANestedClassBelongsToTheLabsClass() {
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> read(GuestInNestedCase.InnerCase.class))
                .withMessageEndingWith("  - @MacvtapVm: a guest needs a lab, add @LabContainer to the class,"
                        + " or move the guest to the class that has it");
    }

    @LabContainer
    static class TemplateCase {
        @ParameterizedTest
        @ValueSource(strings = "198.18.9.9")
        void test(InetAddress fromTheSource, Client client) {}
    }

    @Test
    void plainValuesOfAParameterizedTestAreItsOwn() {
        assertThat(read(TemplateCase.class).asked()).containsExactly("client");
    }

    @LabContainer
    static class OthersValuesCase {
        @Test
        void test(InetAddress ofAnotherExtension, MacAddress ofAnotherToo) {}
    }

    @Test
    void plainValuesWithoutAnAnnotationAreLeftToOtherExtensions() {
        assertThat(InjectionPoint.all(OthersValuesCase.class)).isEmpty();
    }

    @LabContainer
    static class FactoryCase {
        @TestFactory
        Stream<DynamicTest> tests(Guest guest) {
            return Stream.empty();
        }
    }

    @Test
    void theParametersOfATestFactoryAreChecked() {
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> read(FactoryCase.class))
                .withMessageEndingWith("  - parameter \"guest\" of FactoryCase.tests:"
                        + " Guest: the lab has no guest, add @MacvtapVm to the class");
    }

    @LabContainer
    static class LabTemplateCase {
        @ParameterizedTest
        @ValueSource(strings = "198.18.9.9")
        void test(InetAddress fromTheSource, @FromLab InetAddress ofTheGuest) {}
    }

    @Test
    void annotatedValueOfAParameterizedTestIsTheLabs() {
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> read(LabTemplateCase.class))
                .withMessageContaining("1 problem:")
                .withMessageEndingWith("  - parameter \"ofTheGuest\" of LabTemplateCase.test:"
                        + " InetAddress: the lab has no guest, add @MacvtapVm to the class");
    }

    @Test
    void registeredSpecIsTakenAsItIs() {
        assertThat(Declarations.read(PlainCase.class, Optional.of(ONE_GUEST)))
                .isEqualTo(new Declaration(ONE_GUEST, LabScope.CLASS, Set.of()));
    }

    @Test
    void registeredSpecAndAnnotationsExcludeEachOther() {
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> Declarations.read(DefaultsCase.class, Optional.of(ONE_GUEST)))
                .withMessageEndingWith(
                        "  - a registered LabExtension and @LabContainer or @MacvtapVm: use one of the two");
    }

    private static Declaration read(Class<?> testClass) {
        return Declarations.read(testClass, Optional.empty());
    }
}
