package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskSpecTests {

    private static final ImageSource IMAGE = ImageSource.of("debian-cloud", "");
    private static final SeedSpec PASSWORD =
            new SeedSpec(Optional.empty(), Optional.of("secret"), List.of(), Optional.empty(), List.of(), List.of());

    @Test
    void defaultsAreABiosAndASeedThatSaysNothing() {
        assertThat(DiskSpec.of(IMAGE))
                .isEqualTo(new DiskSpec(
                        IMAGE, Firmware.BIOS, CloudInit.NO_CLOUD, SeedSpec.DEFAULT, CustomizeSpec.NOTHING));
    }

    @Test
    void aSeedThatNobodyReadsIsRefused() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> new DiskSpec(IMAGE, Firmware.BIOS, CloudInit.OFF, PASSWORD, CustomizeSpec.NOTHING))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly("seed with cloudInit = OFF: nobody would read it;"
                                + " customize works without cloud-init"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "etc/motd  | 0644 | path = \"etc/motd\" of a file, must be absolute, without spaces and colons",
                "/etc/a:b  | 0644 | path = \"/etc/a:b\" of a file, must be absolute, without spaces and colons",
                "/etc/     | 0644 | path = \"/etc/\" of a file, must be absolute, without spaces and colons",
                "/etc/motd | rw   | mode = \"rw\" of /etc/motd, must be octal, such as 0644",
                "/etc/motd | 0999 | mode = \"0999\" of /etc/motd, must be octal, such as 0644",
            })
    void filesThatMakeNoSense(String path, String mode, String problem) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> new GuestFileSpec(path, "", mode))
                .satisfies(e -> assertThat(e.problems()).containsExactly(problem));
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
