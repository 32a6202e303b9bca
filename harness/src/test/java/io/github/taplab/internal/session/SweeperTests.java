package io.github.taplab.internal.session;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.FakeEngine;
import io.github.taplab.internal.snapshot.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which files of snapshots go whose session can't be looked at: that of another machine, or of another boot. */
class SweeperTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Owner SELF = Owner.thisProcess();
    private static final String ANOTHER_BOOT = "00000000-0000-0000-0000-000000000000.4026531836";

    private final FakeEngine fake = new FakeEngine();
    private final DockerEngine docker = fake.connect(LONG);

    @BeforeEach
    void anEngineWithFilesOfAnotherBoot() {
        fake.on("GET /volumes.*", answer(200, "{\"Volumes\":null}"));
        fake.on("GET /images/.*", answer(200, "{\"Id\":\"sha256:1ab\"}"));
        has(ANOTHER_BOOT);
    }

    @AfterEach
    void close() {
        docker.close();
        fake.close();
    }

    private void has(String machine) {
        list("snapshot.files", """
                {"Name":"files","Labels":{"%s":"key","%s":"0badcafe","%s":"%s","%s":"4711","%s":"1"}}""".formatted(
                        Snapshots.FILES_LABEL,
                        Owner.LABEL,
                        Owner.MACHINE_LABEL,
                        machine,
                        Owner.PID_LABEL,
                        Owner.STARTED_LABEL));
    }

    private void hasMarker() {
        list("snapshot", """
                {"Name":"key","Labels":{"%s":"files","%s":"sha256:1ab"}}""".formatted(Snapshots.WHOLE_LABEL, Snapshots.IMAGE_LABEL));
    }

    private void list(String label, String volume) {
        fake.on(
                "GET /volumes\\?.*io\\.github\\.taplab\\.%s%%22.*".formatted(label),
                answer(200, "{\"Volumes\":[%s]}".formatted(volume)));
    }

    private void made(Duration ago) {
        fake.on(
                "GET /volumes/files",
                answer(
                        200,
                        "{\"Name\":\"files\",\"CreatedAt\":\"%s\"}"
                                .formatted(Instant.now().minus(ago))));
    }

    private List<String> swept() {
        new Sweeper(docker, SELF).sweep();
        return fake.requests().stream()
                .filter(request -> request.startsWith("DELETE"))
                .toList();
    }

    @Test
    void oldFilesOfAnotherBootGo() {
        made(Duration.ofHours(25));

        assertThat(swept()).containsExactly("DELETE /volumes/files");
    }

    @Test
    void youngOnesStay() {
        made(Duration.ofHours(23));

        assertThat(swept()).isEmpty();
    }

    @Test
    void thoseThatAMarkerNamesStay() {
        made(Duration.ofDays(30));
        hasMarker();

        assertThat(swept()).isEmpty();
    }

    @Test
    void thoseOfAMarkerWithoutItsImageGoAfterIt() {
        made(Duration.ofDays(30));
        hasMarker();
        fake.on("GET /images/.*", answer(404, "{\"message\":\"no such image\"}"));

        assertThat(swept()).containsExactly("DELETE /volumes/key", "DELETE /volumes/files");
    }

    @Test
    void thoseOfAMarkerThatCanNotBeRemovedStay() {
        made(Duration.ofDays(30));
        hasMarker();
        fake.on("GET /images/.*", answer(404, "{\"message\":\"no such image\"}"));
        fake.on("DELETE /volumes/key", answer(500, "{\"message\":\"database is locked\"}"));

        assertThat(swept()).containsExactly("DELETE /volumes/key");
    }

    @Test
    void thoseWhoseAgeIsNotKnownStay() {
        fake.on("GET /volumes/files", answer(200, "{\"Name\":\"files\"}"));

        assertThat(swept()).isEmpty();
    }

    @Test
    void anEngineThatDoesNotSayHowOldOneIsKeepsNoOtherFromGoing() {
        made(Duration.ofDays(30));
        fake.on("GET /volumes/first", answer(500, "{\"message\":\"database is locked\"}"));
        list("snapshot.files", """
                {"Name":"first","Labels":{}},{"Name":"files","Labels":{}}""");

        assertThat(swept()).containsExactly("DELETE /volumes/files");
    }

    @Test
    void thoseOfADeadSessionOfThisBootGoAtOnce() {
        has(SELF.machine());

        assertThat(swept()).containsExactly("DELETE /volumes/files");
    }
}
