package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Whatever a user writes: it is taken, or refused with one line of text. */
class SpecTextPropertiesTests {

    @Property
    void addressesAreReadOrRefused(@ForAll("texts") String text) {
        assertTakenOrRefused(() -> MacAddress.of(text));
        assertTakenOrRefused(() -> InterfaceIp.of(text));
        assertTakenOrRefused(() -> InterfaceIp.ip(text));
        assertTakenOrRefused(() -> Subnet.of(text));
        assertTakenOrRefused(() -> Digest.of(text));
    }

    @Property
    void imagesAreReadOrRefused(@ForAll("texts") String text, @ForAll("texts") String digest) {
        assertTakenOrRefused(() -> ImageSource.of(text, digest));
        assertTakenOrRefused(() -> ImageSource.of(text, ""));
    }

    @Property
    void namesAreTakenOrRefused(@ForAll("texts") String text) {
        assertTakenOrRefused(() -> GuestSpec.named(text));
        assertTakenOrRefused(() -> LabSpec.builder().clients(text, text).build());
        assertTakenOrRefused(() -> LabSpec.builder().launchers(text).build());
        assertTakenOrRefused(() -> LabSpec.builder().internet(text, text).build());
        assertTakenOrRefused(() -> new GuestFileSpec(text, text, text));
        assertTakenOrRefused(() -> new CustomizeSpec(Optional.of(text), List.of(), List.of(text)));
        assertTakenOrRefused(() -> new SeedSpec(
                Optional.of(text), Optional.of(text), List.of(text), Optional.of(text), List.of(), List.of(text)));
    }

    @Property
    void whatIsTakenIsNoOptionAndOneWord(@ForAll("texts") String text) {
        if (catchThrowable(() -> GuestSpec.named(text)) == null) {
            assertThat(text).matches("[a-z][a-z0-9-]*").hasSizeLessThan(32);
        }
        if (catchThrowable(() -> LabSpec.builder().internet(text).build()) == null) {
            assertThat(text).doesNotStartWith("-").doesNotContain(",", " ", "/", "\n", "\0");
        }
        if (catchThrowable(() -> new GuestFileSpec(text, "", "0644")) == null) {
            assertThat(text).startsWith("/").doesNotContain(":", "\n", "\0", " ");
        }
    }

    @Property
    void aMacAddressIsReadBack(@ForAll long bits) {
        MacAddress mac = new MacAddress(bits >>> 16);

        assertThat(MacAddress.of(mac.toString())).isEqualTo(mac);
    }

    @Property
    void aQuotedTextIsOneShortLine(@ForAll String text) {
        assertThat(Quoted.of(text)).startsWith("\"");
        assertOneLine(Quoted.of(text));
    }

    /** Found: a pattern of repeated groups took a level of the stack for each part of the path. */
    @Example
    void aPathOfManyPartsIsRefused() {
        assertTakenOrRefused(() -> new GuestFileSpec("/a".repeat(200_000), "", "0644"));
        assertTakenOrRefused(
                () -> LabSpec.builder().internet("a.".repeat(200_000) + "b").build());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.mutated(
                        "02:9e:12:09:00:01",
                        "198.18.9.2/24",
                        "fd74:6170:6c62:1209::2/64",
                        "guest-1",
                        "www.example.com",
                        "/etc/motd",
                        "0644",
                        "debian-12",
                        "https://images.example/a%20b.qcow2",
                        "file:///images/debian.qcow2",
                        "~/image.raw",
                        "0123cdef".repeat(8)));
    }

    private static void assertTakenOrRefused(ThrowingCallable use) {
        Throwable refused = catchThrowable(use);
        if (refused != null) {
            assertThat(refused).isInstanceOf(IllegalArgumentException.class);
            assertOneLine(String.valueOf(refused.getMessage()));
        }
    }

    private static void assertOneLine(String text) {
        assertThat(text).hasSizeLessThan(2_000);
        assertThat(text.chars()).noneMatch(Character::isISOControl);
        // A line ends at U+2028 too.
        assertThat(text).matches(".*");
    }
}
