package io.github.taplab.internal.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.config.ByteSize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumeSizesTests {

    @Test
    void eachVolumeHasItsOwn() {
        assertThat(VolumeSizes.parse("4096\t/volumes/0\n98304\t/volumes/1\n", List.of("one", "two")))
                .isEqualTo(Map.of("one", new ByteSize(4096), "two", new ByteSize(98304)));
    }

    @Test
    void otherWordsAreNoSize() {
        assertThat(VolumeSizes.parse("du: something\n\n", List.of("one"))).isEmpty();
    }
}
