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
                        BootMode.EITHER,
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
                        .withShell(ShellAccess.CONSOLE)
                        .withBoot(BootMode.COLD))
                .isEqualTo(new GuestSpec(
                        "left",
                        "east",
                        Attachment.QEMU,
                        List.of(nic),
                        512,
                        2,
                        ShellAccess.CONSOLE,
                        BootMode.COLD,
                        Optional.empty()));
    }

    @Test
    void takesOneToEightNics() {
        List<NicSpec> eight = Collections.nCopies(8, NicSpec.DEFAULT);

        assertThat(GUEST.withNics(eight).nics()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 65_536})
    void takesMemoryUpToBothLimits(int memoryMib) {
        assertThat(GUEST.withMemoryMib(memoryMib).memoryMib()).isEqualTo(memoryMib);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "guest-2", "abcdefghijklmnopqrstuvwxyz-1234"})
    void takesHostLabelsAsNames(String name) {
        assertThat(GuestSpec.named(name).name()).isEqualTo(name);
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
                        BootMode.EITHER,
                        Optional.empty()))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly("memoryMib = 1, must be 96 to 65536 (MiB)", "cpus = 0, must be 1 to 64"))
                .withMessage("memoryMib = 1, must be 96 to 65536 (MiB); cpus = 0, must be 1 to 64");
    }
}
