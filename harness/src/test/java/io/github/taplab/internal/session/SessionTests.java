package io.github.taplab.internal.session;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.EngineSize;
import io.github.taplab.internal.docker.FakeEngine;
import io.github.taplab.internal.snapshot.Snapshots;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a run ends on an engine that does not do what it should: never as a test's verdict. */
@Timeout(60)
class SessionTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String STALE = "\"Created\":\"2020-01-01T00:00:00Z\"";

    private final FakeEngine fake = new FakeEngine();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        fake.close();
    }

    private Session session() {
        Settings settings = GivenSettings.read();
        Owner owner = Owner.thisProcess();
        Progress progress = new Progress(new PrintStream(told, true, StandardCharsets.UTF_8));
        return new Session(
                settings,
                owner,
                List.of(new SessionEngine(
                        settings, owner, fake.connect(LONG), new EngineSize(2, 4096), List.of(), false, progress)),
                progress);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whereAllIsGoneNothingIsTold() {
        session().close();

        assertThat(told()).isEmpty();
    }

    @Test
    void aLookThatFailsIsNoVerdictButIsTold() {
        fake.on("GET /(containers/json|networks).*", answer(500, "{\"message\":\"database is locked\"}"));
        Session session = session();

        assertThatCode(session::close).doesNotThrowAnyException();

        String label = session.owner().label();
        assertThat(told().lines())
                .containsExactly(
                        "taplab: this run leaves behind: nobody knows what, Status 500: {\"message\":\"database is locked\"}",
                        "taplab: to remove it: docker ps -aq --filter label=" + label
                                + " | xargs -r docker rm -f; docker network ls -q --filter label=" + label
                                + " | xargs -r docker network rm");
    }

    @Test
    void whoIsInterruptedClosesAllTheSame() {
        Session session = session();
        Thread.currentThread().interrupt();

        session.close();

        assertThat(Thread.interrupted()).as("afterwards").isTrue();
        assertThat(told()).isEmpty();
    }

    /** As in a run of several labs on Ctrl-C. */
    @Test
    void labsThatAreOpenCloseSideBySide() {
        CyclicBarrier all = new CyclicBarrier(3);
        Session session = session();
        for (int i = 0; i < all.getParties(); i++) {
            session.register(() -> all.await(10, TimeUnit.SECONDS));
        }

        session.close();

        assertThat(all.isBroken()).isFalse();
        assertThat(told()).isEmpty();
    }

    @Test
    void whatALabCouldNotRemoveIsToldOnceAtTheEnd() {
        Session session = session();
        session.leaked("client of the lab of FirstTests", new IllegalStateException("no answer\nfor long"));
        session.leaked("client of the lab of FirstTests", new IllegalStateException("no answer\nfor long"));
        assertThat(told()).isEmpty();

        session.close();
        session.close();

        assertThat(told().lines())
                .containsExactly(
                        "taplab: not removed at once: client of the lab of FirstTests: no answer",
                        "taplab: by now the Docker host has nothing of this run any more");
    }

    @Test
    void aLabThatDoesNotCloseKeepsNothingElseOpen() {
        List<String> closed = new ArrayList<>();
        Session session = session();
        session.register(() -> {
            throw new IllegalStateException("stuck");
        });
        session.register(() -> closed.add("second"));

        session.close();

        assertThat(closed).containsExactly("second");
        assertThat(told()).contains("taplab: not removed at once: a lab: stuck");
    }

    @Test
    void whatCameTooLateIsRemovedAtTheEnd() {
        Session session = session();
        fake.on("GET /networks.*", answer(200, "[{\"Id\":\"f00d\",\"Name\":\"late\"}]"));
        fake.on("GET /networks/f00d", answer(200, network("f00d", "{}")));
        fake.on("DELETE /networks/f00d", connection -> {
            fake.on("GET /networks.*", answer(200, "[]"));
            answer(204, "").to(connection);
        });

        session.close();

        assertThat(fake.requests()).contains("DELETE /networks/f00d");
        assertThat(told()).isEmpty();
    }

    @Test
    void aNetworkOfSomebodyElseWithLabelsLikeOursStaysAndIsNoVerdict() {
        fake.on(
                "GET /networks.*",
                answer(200, "[{\"Id\":\"f00d\",\"Name\":\"theirs\"},{\"Id\":\"beef\",\"Name\":\"dead\"}]"));
        fake.on(
                "GET /networks/f00d",
                answer(
                        200,
                        network("f00d", "{\"io.github.taplab.session\":\"mine\",\"io.github.taplab.pid\":\"abc\"}")));
        fake.on("GET /networks/beef", answer(200, network("beef", "{\"io.github.taplab.session\":\"0badcafe\"}")));
        Sweeper sweeper = new Sweeper(fake.connect(LONG), Owner.thisProcess());

        sweeper.sweep();

        assertThat(fake.requests()).contains("DELETE /networks/beef").doesNotContain("DELETE /networks/f00d");
    }

    @Test
    void aNetworkThatCanNotBeRemovedKeepsNoOtherFromIt() {
        fake.on(
                "GET /networks.*",
                answer(200, "[{\"Id\":\"f00d\",\"Name\":\"held\"},{\"Id\":\"beef\",\"Name\":\"dead\"}]"));
        fake.on("GET /networks/f00d", answer(200, network("f00d", "{\"io.github.taplab.session\":\"0badcafe\"}")));
        fake.on("GET /networks/beef", answer(200, network("beef", "{\"io.github.taplab.session\":\"0badcafe\"}")));
        fake.on("GET /containers/json.*", answer(500, "{\"message\":\"no\"}"));
        fake.on("DELETE /networks/f00d", answer(403, "{\"message\":\"has active endpoints\"}"));
        Sweeper sweeper = new Sweeper(fake.connect(LONG), Owner.thisProcess());

        sweeper.sweep();

        assertThat(fake.requests()).contains("DELETE /networks/f00d", "DELETE /networks/beef");
    }

    @Test
    void ofSnapshotsOfGuestsWithAnImageTheOldestGo() {
        // Twelve are kept, and one of a guest without an image does not count.
        String volumes = Stream.concat(
                        Stream.of(snapshot("small", "", 1)),
                        IntStream.rangeClosed(2, 14).mapToObj(day -> snapshot("of-day-" + day, "disk-1", day)))
                .collect(Collectors.joining(","));
        fake.on("GET /volumes.*", answer(200, "{\"Volumes\":[%s]}".formatted(volumes)));
        fake.on("GET /images/.*", answer(200, "{\"Id\":\"sha256:1ab\"}"));

        new Sweeper(fake.connect(LONG), Owner.thisProcess()).sweep();

        assertThat(fake.requests())
                .filteredOn(request -> request.startsWith("DELETE /volumes"))
                .containsExactly("DELETE /volumes/of-day-2");
    }

    private static String snapshot(String name, String disk, int day) {
        return "{\"Name\":\"%s\",\"Labels\":{\"%s\":\"files\",\"%s\":\"sha256:1ab\",\"%s\":\"%s\",\"%s\":\"2026-01-%02dT00:00:00Z\"}}"
                .formatted(
                        name,
                        Snapshots.WHOLE_LABEL,
                        Snapshots.IMAGE_LABEL,
                        Snapshots.DISK_LABEL,
                        disk,
                        Snapshots.MADE_LABEL,
                        day);
    }

    private static String network(String id, String labels) {
        return "{\"Id\":\"%s\",\"Name\":\"n\",%s,\"Labels\":%s,\"Containers\":{}}".formatted(id, STALE, labels);
    }

    @Test
    void ofSeveralEnginesEachIsSweptAndNamed() {
        FakeEngine other = new FakeEngine();
        try (other) {
            other.on("GET /(containers/json|networks).*", answer(500, "{\"message\":\"database is locked\"}"));
            Settings settings = GivenSettings.read();
            Owner owner = Owner.thisProcess();
            Progress progress = new Progress(new PrintStream(told, true, StandardCharsets.UTF_8));
            EngineSize size = new EngineSize(2, 4096);
            DockerEngine first = fake.connect(LONG);
            DockerEngine second = other.connect(LONG);
            Session session = new Session(
                    settings,
                    owner,
                    List.of(
                            new SessionEngine(settings, owner, first, size, List.of(second), false, progress),
                            new SessionEngine(settings, owner, second, size, List.of(first), false, progress)),
                    progress);

            session.close();

            assertThat(fake.requests())
                    .filteredOn(request -> request.startsWith("GET /networks"))
                    .anyMatch(request -> request.contains(session.owner().session()));
            assertThat(told().lines())
                    .first()
                    .isEqualTo("taplab: this run leaves behind on %s: nobody knows what, ".formatted(second.name())
                            + "Status 500: {\"message\":\"database is locked\"}");
            assertThat(told().lines()).last().asString().startsWith("taplab: to remove it there: docker ps ");
        }
    }
}
