package io.github.taplab.internal.disk;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.FakeEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a good image where the container that looks at it fails. */
@Timeout(60)
class DiskVolumeTests {

    private final FakeEngine fake = new FakeEngine();
    private final DockerEngine engine = fake.connect(Duration.ofSeconds(30));

    @AfterEach
    void close() {
        engine.close();
        fake.close();
    }

    @Test
    void aContainerThatDoesNotStartSaysNothingOfTheImage() {
        fake.on("POST /volumes/create", answer(201, "{\"Name\":\"disk\"}"));
        fake.on("POST /containers/create.*", answer(500, "{\"message\":\"no space left on device\"}"));

        assertThatThrownBy(this::fill)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Container filler does not start: Status 500: {\"message\":\"no space left on device\"}");
        assertThat(fake.requests()).noneMatch(request -> request.startsWith("DELETE /volumes"));
    }

    @Test
    void neitherDoesOneThatEndsAtOnce() {
        fake.on("POST /volumes/create", answer(201, "{\"Name\":\"disk\"}"));
        fake.on("POST /containers/create.*", answer(201, "{\"Id\":\"c0de\"}"));
        fake.on("POST /containers/c0de/attach.*", FakeEngine.endedProcess());
        fake.on("POST /containers/c0de/start", answer(204, ""));

        assertThatThrownBy(this::fill)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Container filler ended before it was ready");
        assertThat(fake.requests())
                .contains("DELETE /containers/c0de?force=true")
                .noneMatch(request -> request.startsWith("DELETE /volumes"));
    }

    private void fill() {
        DiskVolume.Filling filling = new DiskVolume.Filling("lab", "filler", Map.of());
        new DiskVolume(engine, "disk", Optional.empty())
                .fill(
                        filling,
                        new DiskCopies(List.of(), filling, told -> {}),
                        () -> {
                            throw new AssertionError("nothing is known to be missing");
                        },
                        (container, path) -> {
                            throw new AssertionError("nothing is known to be missing");
                        });
    }
}
