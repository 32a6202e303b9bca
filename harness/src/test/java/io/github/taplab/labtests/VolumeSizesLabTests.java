package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.stock.VolumeSizes;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much volumes take. */
@Tag("lab")
class VolumeSizesLabTests {

    private final String name = "taplab-sizes-test-" + UUID.randomUUID();

    /** Found: the engine makes it anew, and an empty one was taken for a snapshot. */
    @Test
    void aVolumeThatIsRemovedMeanwhileStaysRemoved() {
        EngineView.require();
        String there = name + "-there";
        String removed = name + "-removed";
        DockerEngine docker = DockerEngine.connect(new EngineName.Local());
        try {
            String lab = new BuiltImages(GivenSettings.read()).lab().ensure(docker, Map.of(), line -> {});
            docker.volumes().ensure(there, Map.of("io.github.taplab.test", name));

            assertThat(VolumeSizes.of(docker, lab, List.of(removed, there))).containsKey(there);

            assertThat(EngineView.hasVolume(there)).isTrue();
            assertThat(EngineView.hasVolume(removed)).isFalse();
        } finally {
            docker.volumes().remove(there);
            docker.volumes().remove(removed);
            docker.close();
        }
    }
}
