package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestSpecTests {

    private static final GuestSpec GUEST = GuestSpec.named("left");

    @Test
    void defaultsAreThoseOfTheAnnotation() {
        assertThat(GUEST)
                .isEqualTo(new GuestSpec(
                        "left",
                        "launcher",
                        Attachment.DIRECT,
                        List.of(NicSpec.DEFAULT),
                        128,
                        1,
                        ShellAccess.AGENT,
                        Optional.empty()));
    }

    @Test
    void eachWitherChangesOneThing() {
        NicSpec nic = NicSpec.DEFAULT.withAddress(GuestAddress.NONE);

        assertThat(GUEST.withNic(nic)
                        .withLauncher("east")
                        .withAttachment(Attachment.QEMU)
                        .withMemoryMib(512)
                        .withCpus(2)
                        .withShell(ShellAccess.CONSOLE))
                .isEqualTo(new GuestSpec(
                        "left", "east", Attachment.QEMU, List.of(nic), 512, 2, ShellAccess.CONSOLE, Optional.empty()));
    }

    @Test
    void takesOneToEightNics() {
        List<NicSpec> eight = Collections.nCopies(8, NicSpec.DEFAULT);

        assertThat(GUEST.withNics(eight).nics()).hasSize(8);
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> GUEST.withNics(Collections.nCopies(9, NicSpec.DEFAULT)))
                .withMessage("a guest has 1 to 8 NICs, found 9");
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> GUEST.withNics(List.of()))
                .withMessage("a guest has 1 to 8 NICs, found 0");
    }

    @Test
    void refusesTrustWhereNobodyActsOnIt() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> GUEST.withNic(NicSpec.DEFAULT.withTrustGuestRxFilters(true))
                        .withAttachment(Attachment.QEMU))
                .withMessage("trustGuestRxFilters with attachment = QEMU:"
                        + " it is libvirt that moves the macvtap after the guest, and there is none");
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 65_536})
    void takesMemoryUpToBothLimits(int memoryMib) {
        assertThat(GUEST.withMemoryMib(memoryMib).memoryMib()).isEqualTo(memoryMib);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 95, 65_537})
    void refusesMemoryBeyondThem(int memoryMib) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> GUEST.withMemoryMib(memoryMib))
                .withMessage("memoryMib = %d, must be 96 to 65536 (MiB)", memoryMib);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void refusesTooFewOrTooManyCpus(int cpus) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> GUEST.withCpus(cpus))
                .withMessage("cpus = %d, must be 1 to 64", cpus);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "guest-2", "abcdefghijklmnopqrstuvwxyz-1234"})
    void takesHostLabelsAsNames(String name) {
        assertThat(GuestSpec.named(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Guest", "2nd", "-a", "a_b", "a.b", "<a&b>", "abcdefghijklmnopqrstuvwxyz-12345"})
    void refusesOtherNames(String name) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> GuestSpec.named(name))
                .withMessage(
                        "name = \"%s\", must start with a lower-case letter and have lower-case letters, digits and"
                                + " hyphens only, at most 31",
                        name);
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> new GuestSpec(
                        "left",
                        "launcher",
                        Attachment.DIRECT,
                        List.of(NicSpec.DEFAULT),
                        1,
                        0,
                        ShellAccess.AGENT,
                        Optional.empty()))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly("memoryMib = 1, must be 96 to 65536 (MiB)", "cpus = 0, must be 1 to 64"))
                .withMessage("memoryMib = 1, must be 96 to 65536 (MiB); cpus = 0, must be 1 to 64");
    }
}
