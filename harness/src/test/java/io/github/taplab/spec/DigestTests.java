package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.spec.Digest.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTests {

    private static final String EIGHT = "0123cdef";

    @Test
    void theLengthTellsTheAlgorithm() {
        assertThat(Digest.of(EIGHT.repeat(8))).isEqualTo(new Digest(Algorithm.SHA_256, EIGHT.repeat(8)));
        assertThat(Digest.of(EIGHT.repeat(16))).isEqualTo(new Digest(Algorithm.SHA_512, EIGHT.repeat(16)));
    }

    @Test
    void upperCaseIsTheSameDigest() {
        assertThat(Digest.of("0123CDEF".repeat(8))).isEqualTo(Digest.of(EIGHT.repeat(8)));
    }

    @Test
    void saysItsAlgorithm() {
        assertThat(Digest.of(EIGHT.repeat(8))).hasToString("sha256:" + EIGHT.repeat(8));
        assertThat(Digest.of(EIGHT.repeat(16))).hasToString("sha512:" + EIGHT.repeat(16));
        assertThat(Algorithm.SHA_512.javaName()).isEqualTo("SHA-512");
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 3 of them",
        "'', 0 of them",
        "'latest', something else between them",
        "0123cdef0123cdef0123cdef0123cdef0123cdef0123cdef0123cdef0123cdeg, something else between them",
        "0123cdef0123cdef0123cdef0123cdef0123cdef0123cdef0123cdef0123cdef0, 65 of them"
    })
    void refusesWhatIsNoDigest(String text, String found) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Digest.of(text))
                .withMessage("\"" + text + "\" is no digest: 64 hexadecimal digits (SHA-256) or 128 (SHA-512), found "
                        + found);
    }

    @Test
    void algorithmAndLengthBelongTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Digest(Algorithm.SHA_512, EIGHT.repeat(8)))
                .withMessage("SHA-512 has 128 hexadecimal digits in lower case, found \"" + EIGHT.repeat(8) + "\"");
    }
}
