package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiskSpecTests {

    private static final ImageSource IMAGE = ImageSource.of("debian-cloud", "");

    @Test
    void defaultsAreABiosAndASeedThatSaysNothing() {
        assertThat(DiskSpec.of(IMAGE))
                .isEqualTo(new DiskSpec(
                        IMAGE, Firmware.BIOS, CloudInit.NO_CLOUD, SeedSpec.DEFAULT, CustomizeSpec.NOTHING));
    }

    @Test
    void usersAndPasswordsThatMakeNoSense() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> new SeedSpec(
                        Optional.of("Alice Smith"),
                        Optional.of("two\nlines"),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of()))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "user = \"Alice Smith\", must be a lower-case letter or _,"
                                        + " then letters, digits, _ and -, at most 32",
                                "password: blank, or with control characters"));
    }
}
