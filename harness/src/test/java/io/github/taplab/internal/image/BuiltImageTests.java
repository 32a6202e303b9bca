package io.github.taplab.internal.image;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.disk.DiskImages;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.FakeEngine;
import io.github.taplab.internal.wait.MachineLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** An image whose disk is in a volume is made by whoever holds the lock of that volume. */
    @Test
    void itIsMadeWhileItsVolumeIsLocked(@TempDir Path cache) {
        BuiltImage image = new BuiltImages(Optional.empty(), Optional.empty(), Optional.empty(), cache)
                .debianCloud("taplab/lab:0123456789ab");
        try (FakeEngine fake = new FakeEngine()) {
            DockerEngine docker = fake.connect(Duration.ofSeconds(20));
            fake.on("GET /images/.*", answer(404, "{\"message\":\"No such image\"}"));
            fake.on("POST /build.*", answer(500, "{\"message\":\"no builds in this test\"}"));

            Path volumes = cache.resolve(DiskImages.volumeOf(image.tag()) + ".lock");
            assertThatThrownBy(() -> MachineLock.holding(
                            volumes,
                            "fills a volume",
                            Duration.ofSeconds(20),
                            line -> {},
                            () -> image.ensure(docker, Map.of(), line -> {})))
                    .hasMessageContaining("no builds in this test");
            docker.close();
        }
    }
}
