package io.github.taplab.internal.stock;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.GivenSettings;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.FakeEngine;
import io.github.taplab.internal.image.BuiltImage;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.snapshot.Snapshots;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept on an engine where no container starts that could look at it. */
class StockTests {

    private final Settings settings = GivenSettings.read();
    private final FakeEngine fake = new FakeEngine();
    private final DockerEngine docker = fake.connect(Duration.ofSeconds(20));

    @BeforeEach
    void anEngineWithALabImageAndASnapshot() {
        fake.on("GET /images/json.*", answer(200, """
                        [{"Id":"sha256:1","RepoTags":["%s"],"Size":1048576,"Created":1,"Labels":{"%s":"lab"}}]""".formatted(
                        new BuiltImages(settings).wantedLab(), BuiltImage.NAME_LABEL)));
        fake.on("GET /volumes.*", answer(200, "{\"Volumes\":null}"));
        fake.on("GET /volumes\\?.*snapshot\\.files.*", answer(200, """
                        {"Volumes":[{"Name":"files","Labels":{"%s":"key"}}]}""".formatted(Snapshots.FILES_LABEL)));
    }

    @AfterEach
    void close() {
        docker.close();
        fake.close();
    }

    @Test
    void whatCanNotBeMeasuredIsThereWithoutItsSize() {
        fake.on("POST /containers/create.*", answer(500, "{\"message\":\"no space left on device\"}"));

        assertThat(new Stock(settings).on(docker, true))
                .filteredOn(item -> item.kind() == Item.Kind.SNAPSHOT)
                .singleElement()
                .satisfies(item -> assertThat(item.size()).isEmpty());
        assertThat(fake.requests()).anyMatch(request -> request.startsWith("POST /containers/create"));
    }

    @Test
    void whoIsInterruptedIsNotTakenForOneWithoutSizes() {
        Thread asking = Thread.currentThread();
        fake.on("POST /containers/create.*", connection -> {
            asking.interrupt();
            FakeEngine.silence().to(connection);
        });

        assertThatThrownBy(() -> new Stock(settings).on(docker, true)).isInstanceOf(InterruptedWaitException.class);
        assertThat(Thread.interrupted()).as("afterwards").isTrue();
    }
}
