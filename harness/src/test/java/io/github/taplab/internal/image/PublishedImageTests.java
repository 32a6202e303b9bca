package io.github.taplab.internal.image;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a lab image that is named by its digest. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class PublishedImageTests {

    private static final String NAME = "registry.example/taplab/lab@sha256:" + "0a1b2c3d4e5f6071".repeat(4);
    private static final String TAG = "taplab/lab:0a1b2c3d4e5f";
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final FakeEngine fake = new FakeEngine();
    private final DockerEngine docker = fake.connect(Duration.ofSeconds(20));
    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path cache;

    private BuiltImage own;

    @BeforeEach
    void anEngineWithoutImages() {
        own = new BuiltImages(Optional.empty(), Optional.empty(), Optional.empty(), cache).lab();
        fake.on("GET /images/.*", answer(404, "{\"message\":\"No such image\"}"));
        fake.on("POST /images/.*/tag.*", answer(201, ""));
    }

    @AfterEach
    void close() {
        docker.close();
        fake.close();
    }

    private Optional<LabImage> ensured() {
        return ensured(SILENCE);
    }

    private Optional<LabImage> ensured(Duration silence) {
        return new PublishedImage(NAME, own, cache, silence).ensure(docker, List.of(), told::add);
    }

    private void has(String architecture, String name, String madeOf) {
        fake.on(
                "GET /images/.*",
                answer(
                        200,
                        "{\"Id\":\"sha256:f00d\",\"Architecture\":\"%s\",\"Config\":{\"Labels\":{\"%s\":\"%s\",\"%s\":\"%s\"}}}"
                                .formatted(
                                        architecture, BuiltImage.NAME_LABEL, name, BuiltImage.CONTEXT_LABEL, madeOf)));
    }

    private void hasFitting() {
        has("amd64", "lab", own.madeOf());
    }

    @Test
    void oneThatIsThereIsNotPulled() {
        hasFitting();

        assertThat(ensured()).contains(new LabImage("sha256:f00d", TAG));
        assertThat(fake.requests()).noneMatch(request -> request.startsWith("POST /images/create"));
        assertThat(told).isEmpty();
    }

    @Test
    void oneThatCanBePulledIsUsed() {
        fake.on("POST /images/create.*", connection -> {
            hasFitting();
            answer(200, "{\"status\":\"Pull complete\"}").to(connection);
        });

        assertThat(ensured()).contains(new LabImage("sha256:f00d", TAG));
        assertThat(fake.requests())
                .filteredOn(request -> request.startsWith("POST /images/create"))
                .singleElement()
                .asString()
                .contains("registry.example", "sha256", "0a1b2c3d4e5f6071".repeat(4));
        // What is built on it finds it by that name, and asks no registry for it.
        assertThat(fake.requests()).anyMatch(request -> request.matches("POST /images/.*/tag\\?.*0a1b2c3d4e5f.*"));
    }

    @Test
    void aDigestThatNobodyKnowsIsTold() {
        fake.on("POST /images/create.*", answer(404, "{\"message\":\"manifest unknown\"}"));

        assertThat(ensured()).isEmpty();
        assertThat(told)
                .last()
                .asString()
                .startsWith("the lab image " + NAME + " can't be pulled: ")
                .contains("manifest unknown");
    }

    /** An engine has said that all is well before it knows. */
    @Test
    void soIsAFailureInTheMiddle() {
        fake.on("POST /images/create.*", answer(200, """
                        {"status":"Pulling fs layer"}
                        {"errorDetail":{"message":"unexpected EOF"},"error":"unexpected EOF"}
                        """));

        assertThat(ensured()).isEmpty();
        assertThat(told).last().asString().contains("unexpected EOF");
    }

    @Test
    void aRegistryThatIsSilentIsGivenUp() {
        fake.on("POST /images/create.*", FakeEngine.silence());

        assertThat(ensured(Duration.ofMillis(400))).isEmpty();
        assertThat(told).last().asString().contains("nothing has gone on for 400 ms");
    }

    @Test
    void anImageForAnotherArchitectureIsRefused() {
        has("arm64", "lab", own.madeOf());

        assertThatThrownBy(this::ensured)
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage(
                        "taplab.image = %s is an image for arm64, and %s needs one for amd64: name the digest of that one, or leave it out",
                        NAME, docker.name());
    }

    @Test
    void soIsOneOfAnotherVersion() {
        has("amd64", "lab", "0123456789ab");

        assertThatThrownBy(this::ensured)
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage("taplab.image = " + NAME
                        + " is a lab image that is made of 0123456789ab, and this version of Taplab needs the lab image"
                        + " that is made of " + own.madeOf()
                        + ": name the digest of that one, or leave it out, and it is built");
    }

    @Test
    void soIsWhatIsNoLabImage() {
        has("amd64", "", "");

        assertThatThrownBy(this::ensured)
                .isInstanceOf(LabUnavailableException.class)
                .hasMessageStartingWith("taplab.image = " + NAME + " is no lab image, and this version");
    }

    @Test
    void whatCanNotBeHadIsBuilt() {
        fake.on("POST /images/create.*", answer(404, "{\"message\":\"manifest unknown\"}"));
        fake.on("POST /build.*", answer(500, "{\"message\":\"no builds in this test\"}"));
        BuiltImages images = new BuiltImages(Optional.of(NAME), Optional.empty(), Optional.empty(), cache);

        assertThatThrownBy(() -> images.ensureLab(docker, List.of(), told::add))
                .hasMessageContaining("no builds in this test");
        assertThat(told).anyMatch(line -> line.contains("can't be pulled"));
        assertThat(fake.requests()).anyMatch(request -> request.startsWith("POST /build"));
        assertThat(images.tags()).contains(TAG, own.tag());
    }
}
