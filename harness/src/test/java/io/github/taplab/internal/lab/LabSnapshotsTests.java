package io.github.taplab.internal.lab;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.FakeEngine;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.session.SessionEngine;
import io.github.taplab.internal.snapshot.SnapshotKey;
import io.github.taplab.internal.snapshot.SnapshotShare;
import io.github.taplab.internal.snapshot.Snapshots;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LabSnapshotsTests {

    @ParameterizedTest
    @CsvSource({
        "EITHER, EITHER, 1, true",
        "EITHER, EITHER, 2, false",
        "EITHER, WARM, 2, true",
        "EITHER, COLD, 1, false",
        "WARM, COLD, 2, true",
        "WARM, EITHER, 2, true",
        "COLD, WARM, 1, false"
    })
    void whichGuestsHaveToDoWithASnapshot(BootMode own, BootMode usual, int cpus, boolean expected) {
        GuestSpec guest = GuestSpec.named("guest").withCpus(cpus).withBoot(own);

        assertThat(LabSnapshots.usesSnapshot(guest, usual, Platform.AMD64)).isEqualTo(expected);
    }

    /** A guest that is not told would draw the same random numbers as another one of its snapshot. */
    @ParameterizedTest
    @EnumSource(BootMode.class)
    void whereAGuestIsNotToldOfItItHasNothingToDoWithOne(BootMode own) {
        GuestSpec guest = GuestSpec.named("guest").withBoot(own);

        assertThat(LabSnapshots.usesSnapshot(guest, BootMode.EITHER, Platform.ARM64))
                .isFalse();
    }

    /** As a lab is that was made ahead, and is not wanted any more. */
    @Test
    void whoIsInterruptedBeforeItsLastGuestGivesUpTheOthersSnapshots() {
        SessionEngine.Host host = new SessionEngine.Host(
                "sha256:1ab", new HostFacts(Platform.AMD64, "", "cpu", 246, false, true, false, "no /dev/kvm"));
        LabSpec spec = LabSpec.builder()
                .guest(GuestSpec.named("first").withMemoryMib(128))
                .guest(GuestSpec.named("second").withMemoryMib(256))
                .build();
        List<SnapshotKey> asked = new ArrayList<>();
        try (FakeEngine fake = new FakeEngine()) {
            fake.on("GET /volumes.*", answer(200, "{\"Volumes\":null}"));
            fake.on("POST /volumes/create", answer(201, "{\"Name\":\"x\"}"));
            DockerEngine docker = fake.connect(Duration.ofSeconds(20));
            Snapshots snapshots = new Snapshots(
                    docker, List.of(), "taplab-0bad-snapshot", Map.of("owner", "me"), labels -> true, told -> {});
            Function<SnapshotKey, Optional<SnapshotShare>> interruptedAtTheSecond = key -> {
                if (!asked.isEmpty()) {
                    Thread.currentThread().interrupt();
                }
                asked.add(key);
                return snapshots.share(key);
            };

            assertThatThrownBy(() -> LabSnapshots.of(host, interruptedAtTheSecond, BootMode.EITHER, spec, Map.of()))
                    .isInstanceOf(InterruptedWaitException.class);

            assertThat(Thread.interrupted()).as("afterwards").isTrue();
            assertThat(asked).hasSize(2);
            assertThat(fake.requests())
                    .filteredOn(request -> request.matches("DELETE /volumes/.*-maker"))
                    .hasSize(1);
            assertThat(snapshots.share(asked.get(0)).orElseThrow().makes()).isTrue();
            docker.close();
        }
    }
}
