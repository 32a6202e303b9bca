package io.github.taplab.internal.snapshot;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.FakeEngine;
import io.github.taplab.internal.docker.VolumeMount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsTests {

    private static final SnapshotKey KEY = new SnapshotKey("sha256:1ab", "", "qemu -m 128", "", "bare QEMU, 128 MiB");
    private static final Making MADE = new Making(Duration.ofSeconds(4), 128 << 20);
    private static final String NAME = KEY.name();
    private static final String CLAIM = NAME + "-maker";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final FakeEngine fake = new FakeEngine();
    private final DockerEngine docker = fake.connect(Duration.ofSeconds(20));
    private final Snapshots snapshots = new Snapshots(
            docker,
            List.of(),
            "taplab-0bad-snapshot",
            Map.of("owner", "me"),
            labels -> "alive".equals(labels.get("owner")),
            told -> {});

    @BeforeEach
    void anEngineWithoutVolumes() {
        fake.on("GET /volumes.*", answer(200, "{\"Volumes\":null}"));
        fake.on("POST /volumes/create", answer(201, "{\"Name\":\"x\"}"));
    }

    @AfterEach
    void close() {
        docker.close();
        fake.close();
    }

    private void hasWhole(String files) {
        has(volume(NAME + "-other", "", ""), volume(NAME, files, ""));
    }

    private void has(String... volumes) {
        fake.on("GET /volumes.*", answer(200, "{\"Volumes\":[%s]}".formatted(String.join(",", volumes))));
    }

    private static String volume(String name, String files, String host) {
        return "{\"Name\":\"%s\",\"Labels\":{\"%s\":\"%s\",\"%s\":\"%s\",\"%s\":\"%s\",\"%s\":\"%s\"}}"
                .formatted(
                        name,
                        Snapshots.WHOLE_LABEL,
                        files,
                        Snapshots.MACHINE_LABEL,
                        KEY.text(),
                        Snapshots.IMAGE_LABEL,
                        KEY.image(),
                        Snapshots.HOST_LABEL,
                        host);
    }

    private SnapshotShare share() {
        return snapshots.share(KEY).orElseThrow();
    }

    @Test
    void theFirstMakesItAndTheOthersWaitForIt() throws Exception {
        SnapshotShare first = share();
        SnapshotShare second = share();

        assertThat(first.makes()).isTrue();
        assertThat(second.makes()).isFalse();
        assertThat(first.mount())
                .isEqualTo(new VolumeMount(
                        "taplab-0bad-snapshot-1", "/var/lib/taplab/snapshots/taplab-0bad-snapshot-1", false));
        assertThat(second.mount())
                .isEqualTo(new VolumeMount(
                        "taplab-0bad-snapshot-1", "/var/lib/taplab/snapshots/taplab-0bad-snapshot-1", true));

        Thread later = new Thread(() -> first.made(MADE));
        later.start();
        assertThat(second.awaitWhole(SOON)).isTrue();
        later.join();
    }

    @Test
    void oneThatIsThereIsMadeByNobody() {
        hasWhole("taplab-f00d-snapshot-3");

        SnapshotShare share = share();

        assertThat(share.makes()).isFalse();
        assertThat(share.awaitWhole(SOON)).isTrue();
        assertThat(share.mount().volume()).isEqualTo("taplab-f00d-snapshot-3");
        assertThat(share.mount().readOnly()).isTrue();
        assertThat(fake.requests()).doesNotContain("POST /volumes/create");
    }

    /**
     * Found: the engine makes a removed volume anew for a container that was to have it, and nobody had one any more.
     */
    @Test
    void oneWithoutALabelIsNobodysAndIsRemoved() {
        has("{\"Name\":\"%s\",\"Labels\":null}".formatted(NAME));

        assertThat(share().makes()).isTrue();
        assertThat(fake.requests()).contains("DELETE /volumes/" + NAME);
    }

    @Test
    void whoseMakerHasEndedIsMadeByTheNext() {
        SnapshotShare first = share();
        SnapshotShare second = share();

        first.close();

        assertThat(second.awaitWhole(SOON)).isFalse();
        assertThat(share().makes()).isTrue();
        assertThat(share().makes()).isFalse();
    }

    @Test
    void whoHasMadeItTakesNothingBackAtTheEnd() {
        SnapshotShare first = share();
        first.made(MADE);
        first.close();

        assertThat(share().awaitWhole(SOON)).isTrue();
    }

    @Test
    void whatFailsTwiceIsNotTriedAgain() {
        share().failed(new IllegalStateException("no space left"));
        share().failed(new IllegalStateException("no space left"));

        assertThat(snapshots.share(KEY)).isEmpty();
    }

    @Test
    void aWholeOneThatIsOfNoUseIsForgottenByAll() {
        hasWhole("taplab-f00d-snapshot-3");

        share().failed(new IllegalStateException("can't be read"));

        assertThat(fake.requests()).contains("DELETE /volumes/" + NAME);
    }

    @Test
    void anotherRunsIsNotForgotten() {
        SnapshotShare own = share();
        hasWhole("taplab-f00d-snapshot-3");

        own.failed(new IllegalStateException("no space left"));

        assertThat(fake.requests()).doesNotContain("DELETE /volumes/" + NAME);
    }

    @Test
    void anEngineThatRefusesHasNone() {
        fake.on("GET /volumes.*", answer(500, "{\"message\":\"database is locked\"}"));

        assertThat(snapshots.share(KEY)).isEmpty();
    }

    @Test
    void whoIsInterruptedIsNotTakenForOneWithoutASnapshot() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::share).isInstanceOf(InterruptedWaitException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatIsNotWholeIsRemovedAtTheEnd() {
        share();

        snapshots.close();

        assertThat(fake.requests()).contains("DELETE /volumes/taplab-0bad-snapshot-1");
    }

    @Test
    void whatIsWholeStays() {
        SnapshotShare share = share();
        hasWhole("taplab-0bad-snapshot-1");
        share.made(MADE);

        snapshots.close();

        assertThat(fake.requests()).doesNotContain("DELETE /volumes/taplab-0bad-snapshot-1");
    }

    @Test
    void ofTwoRunsThatMakeItOneWins() {
        SnapshotShare share = share();
        hasWhole("taplab-f00d-snapshot-3");
        share.made(MADE);

        assertThat(share.awaitWhole(SOON)).isTrue();
        snapshots.close();

        assertThat(fake.requests()).contains("DELETE /volumes/taplab-0bad-snapshot-1");
    }

    @Test
    void whatWasMadeBeforeTheHostWasStartedAnewIsForgotten() {
        SnapshotKey now = new SnapshotKey("sha256:1ab", "boot b001", "qemu -m 128", "", "bare QEMU, 128 MiB");
        has(
                volume("before", "files", "boot b000"),
                volume("now", "files", "boot b001"),
                volume("emulated", "files", "cpu of any kind"));

        assertThat(snapshots.share(now).orElseThrow().makes()).isTrue();

        assertThat(fake.requests())
                .contains("DELETE /volumes/before")
                .doesNotContain("DELETE /volumes/now", "DELETE /volumes/emulated");
    }

    private static String claim(String volume, String owner) {
        return "{\"Name\":\"%s\",\"Labels\":{\"%s\":\"%s\",\"owner\":\"%s\"}}"
                .formatted(CLAIM, Claims.MAKER_LABEL, volume, owner);
    }

    @Test
    void whatAnotherRunMakesIsWaitedFor() {
        has(claim("taplab-f00d-snapshot-3", "alive"));
        SnapshotShare share = share();

        assertThat(share.makes()).isFalse();
        assertThat(share.mount().volume()).isEqualTo("taplab-f00d-snapshot-3");
        assertThat(share.mount().readOnly()).isTrue();
        assertThat(share.awaitWhole(Duration.ofMillis(300))).isFalse();

        has(claim("taplab-f00d-snapshot-3", "alive"), volume(NAME, "taplab-f00d-snapshot-3", ""));
        assertThat(share.awaitWhole(SOON)).isTrue();
        assertThat(fake.requests()).doesNotContain("DELETE /volumes/" + CLAIM);
    }

    @Test
    void whatAnotherRunHasGivenUpIsMadeByTheNext() {
        has(claim("taplab-f00d-snapshot-3", "alive"));
        SnapshotShare share = share();

        has();

        assertThat(share.awaitWhole(SOON)).isFalse();
        assertThat(share().makes()).isTrue();
    }

    @Test
    void aRunThatDiesWhileItMakesItIsNotWaitedFor() {
        has(claim("taplab-f00d-snapshot-3", "alive"));
        SnapshotShare share = share();

        has(claim("taplab-f00d-snapshot-3", "dead"));

        assertThat(share.awaitWhole(SOON)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead", "me"})
    void whoDoesNotMakeItAnyMoreHoldsNobodyUp(String owner) {
        has(claim("taplab-f00d-snapshot-3", owner));

        assertThat(share().makes()).isTrue();
        assertThat(fake.requests()).containsOnlyOnce("DELETE /volumes/" + CLAIM);
    }

    static Stream<Consumer<SnapshotShare>> ends() {
        return Stream.of(
                share -> share.made(MADE),
                SnapshotShare::close,
                share -> share.failed(new IllegalStateException("no space left")));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whoHasMadeItOrFailedSaysSoToOtherRuns(Consumer<SnapshotShare> end) {
        SnapshotShare share = share();
        assertThat(fake.requests()).doesNotContain("DELETE /volumes/" + CLAIM);

        end.accept(share);

        assertThat(fake.requests()).containsOnlyOnce("DELETE /volumes/" + CLAIM);
    }

    @Test
    void anotherRunCanMakeItWhenThisOneEnds() {
        share();

        snapshots.close();

        assertThat(fake.requests()).contains("DELETE /volumes/" + CLAIM);
    }

    /** Never answers, but has the thread interrupted that asks; the engine's volumes are then these. */
    private FakeEngine.Reply interruption(String... volumes) {
        Thread asking = Thread.currentThread();
        return connection -> {
            has(volumes);
            asking.interrupt();
            FakeEngine.silence().to(connection);
        };
    }

    private void isInterruptedWhenItAsks() {
        assertThatThrownBy(this::share).isInstanceOf(InterruptedWaitException.class);
        assertThat(Thread.interrupted()).as("afterwards").isTrue();
    }

    @Test
    void whoIsInterruptedWhileItAsksToMakeItGivesThatUp() {
        fake.on("POST /volumes/create", interruption(claim("taplab-0bad-snapshot-1", "me")));

        isInterruptedWhenItAsks();

        assertThat(fake.requests()).containsOnlyOnce("DELETE /volumes/" + CLAIM);
    }

    @Test
    void soDoesWhoIsInterruptedBeforeItKnowsWhoMakesIt() {
        FakeEngine.Reply whoMakesIt = interruption(claim("taplab-0bad-snapshot-1", "me"));
        fake.on("POST /volumes/create", connection -> {
            fake.on("GET /volumes.*", whoMakesIt);
            answer(201, "{\"Name\":\"x\"}").to(connection);
        });

        isInterruptedWhenItAsks();

        assertThat(fake.requests()).containsOnlyOnce("DELETE /volumes/" + CLAIM);
    }

    @Test
    void whatAnotherRunMakesIsNotGivenUpByWhoIsInterrupted() {
        fake.on("POST /volumes/create", interruption(claim("taplab-f00d-snapshot-3", "alive")));

        isInterruptedWhenItAsks();

        assertThat(fake.requests()).doesNotContain("DELETE /volumes/" + CLAIM);
    }

    @Test
    void anyPartOfAKeyMakesAnother() {
        assertThat(new SnapshotKey("sha256:2ab", "", "qemu -m 128", "", "").name())
                .isNotEqualTo(NAME);
        assertThat(new SnapshotKey("sha256:1ab", "h", "qemu -m 128", "", "").name())
                .isNotEqualTo(NAME);
        assertThat(new SnapshotKey("sha256:1ab", "", "qemu -m 129", "", "").name())
                .isNotEqualTo(NAME);
        assertThat(new SnapshotKey("sha256:1ab", "", "qemu -m 128", "disk-1", "").name())
                .isNotEqualTo(NAME);
        assertThat(new SnapshotKey("sha256:1ab", "", "qemu -m 128", "", "in other words").name())
                .isEqualTo(NAME);
    }

    /** Another engine of the run, which says that it has the snapshot. */
    private SnapshotShare shareBeside(FakeEngine neighbour, List<String> told) {
        DockerEngine other = neighbour.connect(Duration.ofSeconds(20));
        Snapshots beside = new Snapshots(
                docker, List.of(other), "taplab-0bad-snapshot", Map.of("owner", "me"), labels -> true, told::add);
        try {
            return beside.share(KEY).orElseThrow();
        } finally {
            other.close();
        }
    }

    private static void hasWholeThatTook(FakeEngine neighbour, String millis) {
        neighbour.on("GET /volumes.*", answer(200, """
                        {"Volumes":[{"Name":"%s","Labels":{"%s":"files","io.github.taplab.snapshot.took.ms":"%s",
                         "io.github.taplab.snapshot.bytes":"134217728"}}]}""".formatted(NAME, Snapshots.WHOLE_LABEL, millis)));
    }

    @Test
    void whatCanNotBeBroughtIsToldAndMadeHereFromNothing() {
        List<String> told = new ArrayList<>();
        try (FakeEngine neighbour = new FakeEngine()) {
            hasWholeThatTook(neighbour, "4000");
            neighbour.on("POST /containers/create.*", answer(500, "{\"message\":\"no space left on device\"}"));
            fake.on("POST /containers/create.*", answer(500, "{\"message\":\"no space left on device\"}"));

            SnapshotShare share = shareBeside(neighbour, told);

            assertThat(share.makes()).isTrue();
            assertThat(told)
                    .singleElement()
                    .asString()
                    .startsWith("the snapshot for bare QEMU, 128 MiB can't be brought from the engine at "
                            + neighbour.address())
                    .contains("so its guest boots there", "no space left on device");
            // What may have arrived of it is gone.
            assertThat(fake.requests())
                    .containsSubsequence(
                            "POST /volumes/create", "DELETE /volumes/taplab-0bad-snapshot-1", "POST /volumes/create");
        }
    }

    @Test
    void whoHasNoneIsAskedForNothingMore() {
        List<String> told = new ArrayList<>();
        try (FakeEngine neighbour = new FakeEngine()) {
            neighbour.on("GET /volumes.*", answer(200, "{\"Volumes\":null}"));

            assertThat(shareBeside(neighbour, told).makes()).isTrue();

            assertThat(neighbour.requests()).noneMatch(request -> request.startsWith("POST /containers"));
            assertThat(told).isEmpty();
        }
    }

    @Test
    void whoIsSilentKeepsNoLabFromItsBoot() {
        try (FakeEngine neighbour = new FakeEngine()) {
            neighbour.on("GET /volumes.*", FakeEngine.silence());
            long begun = System.nanoTime();

            assertThat(shareBeside(neighbour, new ArrayList<>()).makes()).isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        }
    }
}
