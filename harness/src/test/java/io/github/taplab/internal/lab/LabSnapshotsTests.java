package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.machine.Platform;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.GuestSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LabSnapshotsTests {

    @ParameterizedTest
    @CsvSource({
        "EITHER, EITHER, 1, true",
        "EITHER, EITHER, 2, false",
        "EITHER, WARM, 2, true",
        "EITHER, COLD, 1, false",
        "WARM, COLD, 2, true",
        "WARM, EITHER, 2, true",
        "COLD, WARM, 1, false"
    })
    void whichGuestsHaveToDoWithASnapshot(BootMode own, BootMode usual, int cpus, boolean expected) {
        GuestSpec guest = GuestSpec.named("guest").withCpus(cpus).withBoot(own);

        assertThat(LabSnapshots.usesSnapshot(guest, usual, Platform.AMD64)).isEqualTo(expected);
    }

    /** A guest that is not told would draw the same random numbers as another one of its snapshot. */
    @ParameterizedTest
    @EnumSource(BootMode.class)
    void whereAGuestIsNotToldOfItItHasNothingToDoWithOne(BootMode own) {
        GuestSpec guest = GuestSpec.named("guest").withBoot(own);

        assertThat(LabSnapshots.usesSnapshot(guest, BootMode.EITHER, Platform.ARM64))
                .isFalse();
    }
}
