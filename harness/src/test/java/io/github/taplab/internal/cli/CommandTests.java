package io.github.taplab.internal.cli;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.docker.FakeEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command where no engine is, or one that answers as the test wants it to. */
class CommandTests {

    private static final String NOWHERE = "unix:///nonexistent/docker.sock";
    // The engine has 11 s; a JVM's start takes its time where others start too. A lab gives an engine 45 s.
    private static final Duration IN_TIME = Duration.ofSeconds(30);
    private static final String OLD_IMAGE = """
            [{"Id":"sha256:1","RepoTags":["taplab/lab:000000000000"],"Size":1048576,"Created":1,
              "Labels":{"io.github.taplab.image":"lab"}},
             {"Id":"sha256:2","RepoTags":["taplab/customize:000000000000"],"Size":1048576,"Created":1,
              "Labels":{"io.github.taplab.image":"customize"}},
             {"Id":"sha256:3","RepoTags":["company/lab:1"],"Size":1048576,"Created":1,
              "Labels":{"io.github.taplab.image":"lab"}}]""";

    private final Path cache;

    CommandTests(@TempDir Path folder) {
        cache = folder.resolve("cache");
    }

    private Command.Ended run(String dockerHost, String... arguments) {
        return Command.run(Map.of("DOCKER_HOST", dockerHost), List.of("-Dtaplab.cache=" + cache), arguments);
    }

    @Test
    void wrongUseIsOneSentence() {
        Command.Ended ended = run(NOWHERE, "docter");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .isEqualTo("taplab: no command \"docter\": doctor, images, clean or report merge (see --help)\n");
    }

    @Test
    void withoutAnEngineTheDoctorSaysWhatIsMissing() {
        Command.Ended ended = run(NOWHERE, "doctor");

        assertThat(ended.code()).isOne();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains(
                        "missing  Docker engine             no Docker engine answers at DOCKER_HOST=" + NOWHERE
                                + ": No such file or directory\n"
                                + "                                   -> start that engine, or let DOCKER_HOST name one that runs\n",
                        "ok       Java ")
                .endsWith("\n\nNo lab can run here: Docker engine\n");
    }

    @Test
    void anEngineThatIsSilentIsGivenUp() {
        try (FakeEngine engine = new FakeEngine()) {
            engine.on("GET /_ping", FakeEngine.silence());
            String place = engine.place().toString();

            Command.Ended ended = run(place, "doctor");

            assertThat(ended.code()).isOne();
            assertThat(ended.out())
                    .contains("no Docker engine answers within 11 s at DOCKER_HOST=" + place + "\n")
                    .endsWith("No lab can run here: Docker engine\n");
            assertThat(ended.took()).isLessThan(IN_TIME);
        }
    }

    @Test
    void soIsOneThatSaysNothingOfItsHost() {
        try (FakeEngine engine = new FakeEngine()) {
            engine.on("GET /info", FakeEngine.silence());

            Command.Ended ended = run(engine.place().toString(), "doctor");

            assertThat(ended.code()).isOne();
            assertThat(ended.out())
                    .contains("is asked to say what its host has: no answer within 8000 ms")
                    .endsWith("No lab can run here: Docker engine\n");
            assertThat(ended.took()).isLessThan(IN_TIME);
        }
    }

    @Test
    void imagesShowsTheCacheAllTheSame() throws Exception {
        Files.createDirectories(cache.resolve("green"));
        Files.writeString(cache.resolve("green/1.json"), "{}");

        Command.Ended ended = run(NOWHERE, "images");

        assertThat(ended.code()).isOne();
        assertThat(ended.err())
                .isEqualTo("taplab: a Docker host is not shown, since no Docker engine answers at DOCKER_HOST="
                        + NOWHERE + ": No such file or directory\n");
        assertThat(ended.out())
                .contains("cache  current  2 bytes  0 min  what tests saw in their last green run (" + cache
                        + "/green, 1 files)");
    }

    @Test
    void cleanRemovesWhatIsOldAndOurs() {
        try (FakeEngine engine = new FakeEngine()) {
            engine.on("GET /images/json.*", answer(200, OLD_IMAGE));
            engine.on("GET /volumes.*", answer(200, "{\"Volumes\":[]}"));
            // A container has the first of them.
            engine.on("GET /containers/json.*", answer(200, "[{\"Id\":\"a\",\"ImageID\":\"sha256:1\"}]"));
            engine.on("DELETE /images/.*", answer(200, "[]"));

            Command.Ended dry = run(engine.place().toString(), "clean", "--dry-run");
            assertThat(dry.code()).isZero();
            assertThat(dry.out()).isEqualTo("""
                            would remove Docker image taplab/customize:000000000000
                            would remove 1 items, at most 1 MiB
                            1 in use stay
                            """);
            assertThat(engine.requests()).noneMatch(request -> request.startsWith("DELETE"));

            Command.Ended ended = run(engine.place().toString(), "clean");
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).isEqualTo("""
                            removed Docker image taplab/customize:000000000000
                            removed 1 items, at most 1 MiB
                            1 in use stay
                            """);
            assertThat(engine.requests())
                    .filteredOn(request -> request.startsWith("DELETE"))
                    .containsExactly("DELETE /images/taplab/customize:000000000000");
        }
    }

    @Test
    void whereOneEngineDoesNotAnswerTheOthersAndTheCacheAreCleanedAllTheSame() throws Exception {
        Path green = Files.createDirectories(cache.resolve("green"));
        Files.writeString(green.resolve("1.json"), "{}");
        try (FakeEngine engine = new FakeEngine()) {
            engine.on("GET /images/json.*", answer(200, OLD_IMAGE));
            engine.on("GET /volumes.*", answer(200, "{\"Volumes\":[]}"));
            engine.on("DELETE /images/.*", answer(200, "[]"));
            String engines = "%1$s/1,%2$s,%1$s/2".formatted(NOWHERE, engine.place());

            Command.Ended ended = Command.run(
                    Map.of(), List.of("-Dtaplab.cache=" + cache, "-Dtaplab.engines=" + engines), "clean", "--all");

            assertThat(ended.code()).isOne();
            assertThat(ended.err()).isEqualTo("""
                            taplab: a Docker host is not cleaned, since no Docker engine answers at %1$s/1: No such file or directory
                            taplab: a Docker host is not cleaned, since no Docker engine answers at %1$s/2: No such file or directory
                            """.formatted(NOWHERE));
            assertThat(ended.out()).isEqualTo("""
                            removed Docker image taplab/customize:000000000000
                            removed Docker image taplab/lab:000000000000
                            removed cache what tests saw in their last green run (%s, 1 files)
                            removed 3 items, at most 2 MiB
                            """.formatted(green));
            assertThat(green).isEmptyDirectory();
        }
    }

    @Test
    void whatAnEngineRefusesToRemoveStays() {
        try (FakeEngine engine = new FakeEngine()) {
            engine.on("GET /images/json.*", answer(200, OLD_IMAGE));
            engine.on("GET /volumes.*", answer(200, "{\"Volumes\":[]}"));
            engine.on("DELETE /images/taplab/lab.*", answer(409, "{\"message\":\"image has dependent child images\"}"));
            engine.on("DELETE /images/taplab/customize.*", answer(200, "[]"));

            Command.Ended ended = run(engine.place().toString(), "clean");

            assertThat(ended.code()).isOne();
            assertThat(ended.err())
                    .startsWith("taplab: Docker image taplab/lab:000000000000 stays: ")
                    .contains("image has dependent child images");
            assertThat(ended.out()).isEqualTo("""
                            removed Docker image taplab/customize:000000000000
                            removed 1 items, at most 1 MiB
                            """);
        }
    }
}
