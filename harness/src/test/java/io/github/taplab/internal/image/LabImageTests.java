package io.github.taplab.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabImageTests {

    private static final Path CACHE = Path.of("unused");

    @Test
    void tagNamesWhatTheImageIsMadeOf() {
        LabImage usual = new LabImage(Optional.empty(), Optional.empty(), CACHE);

        assertThat(usual.tag())
                .matches("taplab/lab:[0-9a-f]{12}")
                .isEqualTo(new LabImage(Optional.empty(), Optional.empty(), CACHE).tag())
                .isNotEqualTo(new LabImage(Optional.of("debian:sid"), Optional.empty(), CACHE).tag())
                .isNotEqualTo(new LabImage(Optional.empty(), Optional.of("http://mirror.example"), CACHE).tag());
    }
}
