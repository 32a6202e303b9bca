package io.github.taplab.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuiltImageTests {

    private static final Path CACHE = Path.of("unused");

    @Test
    void tagNamesWhatTheImageIsMadeOf() {
        BuiltImage usual = new BuiltImages(Optional.empty(), Optional.empty(), Optional.empty(), CACHE).lab();

        assertThat(usual.tag())
                .matches("taplab/lab:[0-9a-f]{12}")
                .isEqualTo(new BuiltImages(Optional.empty(), Optional.empty(), Optional.empty(), CACHE)
                        .lab()
                        .tag())
                .isNotEqualTo(new BuiltImages(Optional.empty(), Optional.of("debian:sid"), Optional.empty(), CACHE)
                        .lab()
                        .tag())
                .isNotEqualTo(
                        new BuiltImages(Optional.empty(), Optional.empty(), Optional.of("http://mirror.example"), CACHE)
                                .lab()
                                .tag());
    }
}
