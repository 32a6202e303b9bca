package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.Digest.Algorithm;
import org.junit.jupiter.api.Test;

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
}
