package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LabelledVolume;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.snapshot.Snapshots;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A guest that has booted on one engine, and goes on from there on another one, which has nothing of its own. */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class BroughtSnapshotLabTests {

    // No other class has such a guest.
    private static final int MEMORY_MIB = 137;
    private static final String MACHINE = ", %d MiB, ".formatted(MEMORY_MIB);
    private static final LabSpec SPEC = LabSpec.builder()
            .guest(GuestSpec.builder("guest")
                    .attachment(Attachment.QEMU)
                    .memoryMib(MEMORY_MIB)
                    .boot(BootMode.EITHER)
                    .build())
            .build();
    private static final Duration SOON = Duration.ofSeconds(30);
    // On the volume that says where a snapshot is.
    private static final String TOOK = "io.github.taplab.snapshot.took.ms";
    private static final String TEN_MINUTES = "600000";

    @TempDir
    private Path folder;

    private OwnEngine own;
    private DockerEngine one;
    private DockerEngine other;

    @BeforeEach
    void twoEngines() {
        EngineView.require();
        Assumptions.assumeTrue(OwnEngine.isPossible(), "only root can start an engine, with dockerd and unshare");
        own = OwnEngine.start(folder);
        one = DockerEngine.connect(new EngineName.Local());
        other = DockerEngine.connect(own.name());
        forget(one);
    }

    @AfterEach
    void end() {
        if (one != null) {
            forget(one);
            one.close();
            other.close();
            own.close();
        }
    }

    private static List<LabelledVolume> snapshots(DockerEngine docker) {
        return docker.volumes().with(Snapshots.WHOLE_LABEL).stream()
                .filter(whole ->
                        whole.labels().getOrDefault(Snapshots.MACHINE_LABEL, "").contains(MACHINE))
                .toList();
    }

    private static LabelledVolume snapshot(DockerEngine docker) {
        assertThat(snapshots(docker)).hasSize(1);
        return snapshots(docker).get(0);
    }

    private static String files(LabelledVolume whole) {
        return whole.labels().getOrDefault(Snapshots.WHOLE_LABEL, "");
    }

    private static void forget(DockerEngine docker) {
        snapshots(docker).forEach(whole -> {
            docker.volumes().remove(whole.name());
            docker.volumes().remove(files(whole));
        });
    }

    private Origin origin(int engine) {
        String names = "local," + own.name();
        Map<String, String> given =
                Map.of("taplab.engines", names, "taplab.acceleration", "tcg", "taplab.boot", "either");
        Session session = Session.start(Settings.read(SettingSource.of(name -> Optional.ofNullable(given.get(name)))));
        try (session;
                RunningLab lab = RunningLab.start(
                        session,
                        session.engines().get(engine),
                        SPEC,
                        BroughtSnapshotLabTests.class.getName(),
                        Set.of(),
                        (failure, running) -> {},
                        (name, running) -> {})) {
            return Origin.of(lab.guest());
        }
    }

    /** However slow this machine is at the moment, a copy is faster. */
    private static void sayThatItBootsForLong(DockerEngine docker) {
        LabelledVolume whole = snapshot(docker);
        Map<String, String> labels = new HashMap<>(whole.labels());
        assertThat(labels).containsKey(TOOK);
        labels.put(TOOK, TEN_MINUTES);
        docker.volumes().remove(whole.name());
        docker.volumes().ensure(whole.name(), labels);
    }

    private static String inVolume(DockerEngine docker, String volume, String script) {
        String image = snapshot(docker).labels().getOrDefault(Snapshots.IMAGE_LABEL, "");
        ContainerRequest request = ContainerRequest.withoutNetwork(
                "taplab-brought-look", image, List.of(new VolumeMount(volume, "/snapshot", false)), Map.of());
        try (LeasedContainer container = docker.containers().start(request)) {
            container.awaitReady();
            return container
                    .exec("look", SOON, List.of("/bin/sh", "-c", "cd /snapshot && " + script))
                    .orThrow()
                    .stdout();
        }
    }

    @Test
    @Timeout(280)
    void theGuestGoesOnWhereItHasNeverBooted() {
        assertThat(origin(0)).isEqualTo(Origin.BOOT);
        sayThatItBootsForLong(one);

        assertThat(origin(1)).isEqualTo(Origin.SNAPSHOT);

        String sum = "sha256sum memory devices sizes";
        assertThat(inVolume(other, files(snapshot(other)), sum)).isEqualTo(inVolume(one, files(snapshot(one)), sum));
        assertThat(snapshot(other).name()).isEqualTo(snapshot(one).name());
        // The holes of its memory are holes again.
        assertThat(Long.parseLong(inVolume(other, files(snapshot(other)), "stat -c %b memory")
                        .strip()))
                .isLessThan(MEMORY_MIB * 2048L);
        // And it is nobody's any more: the next session finds it.
        assertThat(origin(1)).isEqualTo(Origin.SNAPSHOT);
    }

    @Test
    @Timeout(280)
    void oneThatIsNotWholeIsNotTakenAndTheGuestBoots() {
        origin(0);
        sayThatItBootsForLong(one);
        inVolume(one, files(snapshot(one)), "truncate -s 1000 devices");

        assertThat(origin(1)).isEqualTo(Origin.BOOT);

        // It has made its own.
        assertThat(inVolume(other, files(snapshot(other)), "stat -c %s devices").strip())
                .isNotEqualTo("1000");
    }
}
