package io.github.taplab.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.docker.EngineAbout;
import io.github.taplab.internal.docker.EngineSize;
import io.github.taplab.internal.doctor.Finding.Grade;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.stock.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line of the doctor's, with its remedy. */
class FindingsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no Docker engine answers, start one or point DOCKER_HOST at one: Permission denied"
                        + "| no Docker engine answers"
                        + "| install and start one (Debian and Ubuntu: apt-get install docker.io), or point DOCKER_HOST at one: Permission denied",
                "no Docker engine answers within 10 s at DOCKER_HOST=tcp://a:1"
                        + "| no Docker engine answers within 10 s at DOCKER_HOST=tcp://a:1"
                        + "| start that engine, or let DOCKER_HOST name one that runs",
                "the engine at a is Docker 19.03 for linux/amd64, which speaks Docker API 1.40, and labs need 1.41 or later: update it"
                        + "| the engine at a is Docker 19.03 for linux/amd64, which speaks Docker API 1.40, and labs need 1.41 or later"
                        + "| update it",
                "the engine at unix:///a is lost | the engine at unix:///a is lost"
                        + "| let DOCKER_HOST or taplab.engines name another engine, or see what its log says",
            })
    void aMissingEngine(String message, String found, String remedy) {
        assertThat(EngineFailure.of(new LabUnavailableException(message), false))
                .isEqualTo(Finding.missing("Docker engine", found, remedy));
    }

    @Test
    void whyAnEngineDoesNotAnswerIsNoRemedy() {
        String message = "the engine at a is asked to say what its host has: no answer within 8000 ms";

        assertThat(EngineFailure.of(new LabUnavailableException(message, new IllegalStateException()), false))
                .isEqualTo(Finding.missing(
                        "Docker engine",
                        message,
                        "let DOCKER_HOST or taplab.engines name another engine, or see what its log says"));
    }

    @Test
    void anEngineWhoseSocketThisUserMayNotUse() {
        assertThat(EngineFailure.of(
                        new LabUnavailableException("no Docker engine answers, start one or point DOCKER_HOST at one"),
                        true))
                .isEqualTo(Finding.missing(
                        "Docker engine",
                        "no Docker engine answers",
                        "let this user use the socket that is there: see the next line"));
    }

    @ParameterizedTest
    @CsvSource({"20.10.24+dfsg1, NOTE", "20.10.26, NOTE", "20.10.27, OK", "26.1.5, OK", "5.4.2, OK"})
    void aDockerThatCanLockItselfUpIsUpdated(String version, Grade grade) {
        EngineAbout engine = new EngineAbout("Docker", version, "1.45", "6.1.0", "x86_64", new EngineSize(2, 4096));

        assertThat(HostFindings.of(engine, "here"))
                .first()
                .returns(grade, Finding::grade)
                .returns("Docker %s, Docker API 1.45: here".formatted(version), Finding::found);
    }

    @Test
    void kvmThatIsNotWantedIsNotMissing() {
        assertThat(HostFindings.of(new HostFacts(
                        Platform.AMD64, "boot", "cpu", 246, true, true, false, "taplab.acceleration=tcg")))
                .contains(Finding.ok("KVM", "not tried, guests are emulated: taplab.acceleration=tcg"));
    }

    @Test
    void hostFacts() {
        assertThat(HostFindings.of(new HostFacts(Platform.AMD64, "boot", "cpu", 246, true, true, true, "")))
                .containsExactly(
                        Finding.ok("macvtap", "the kernel makes them, major number 246"),
                        Finding.ok("KVM", "guests run under it"),
                        Finding.ok("vhost-net", "there is one"));
        assertThat(HostFindings.of(new HostFacts(
                        Platform.AMD64,
                        "boot",
                        "cpu",
                        246,
                        false,
                        true,
                        false,
                        "the Docker host has no /dev/kvm; load it")))
                .extracting(Finding::grade, Finding::found, Finding::remedy)
                .contains(
                        tuple(Grade.NOTE, "guests are emulated: the Docker host has no /dev/kvm", "load it"),
                        tuple(
                                Grade.NOTE,
                                "none: QEMU moves the frames itself",
                                "only specs with backend = VHOST need it: modprobe vhost_net on the Docker host"));
    }

    @Test
    void theLabImage() {
        assertThat(StockFindings.labImage("taplab/lab:1", true)).isEqualTo(Finding.ok("Lab image", "taplab/lab:1"));
        assertThat(StockFindings.labImage("taplab/lab:1", false))
                .isEqualTo(Finding.note(
                        "Lab image",
                        "taplab/lab:1 is not there",
                        "nothing: the first lab builds it within minutes, from Debian's packages; without a way to"
                                + " them, taplab.base.image and taplab.debian.mirror name others"));
    }

    @Test
    void whatEarlierRunsHaveLeft() {
        assertThat(StockFindings.of(List.of(
                        item(Item.Kind.SNAPSHOT, Item.Status.CURRENT),
                        item(Item.Kind.SNAPSHOT, Item.Status.IN_USE),
                        item(Item.Kind.SNAPSHOT, Item.Status.OLD),
                        item(Item.Kind.DISK, Item.Status.CURRENT))))
                .containsExactly(
                        Finding.ok("Guest images", "1 of this version"),
                        Finding.ok("Snapshots", "2 of this version"),
                        Finding.note("Of other versions", "1 images and volumes", "the command clean"));
    }

    private static Item item(Item.Kind kind, Item.Status status) {
        return new Item(kind, "name", Optional.empty(), Optional.empty(), status, List.of());
    }

    @Test
    void theCache(@TempDir Path folder) throws Exception {
        assertThat(CacheFinding.of(folder.resolve("a/b")))
                .satisfies(finding -> assertThat(finding.grade()).isEqualTo(Grade.OK))
                .satisfies(finding -> assertThat(finding.found()).matches(".*/a/b, .* free"));
        assertThat(folder.resolve("a")).doesNotExist();

        Path file = Files.createFile(folder.resolve("file"));
        assertThat(CacheFinding.of(file.resolve("taplab")))
                .isEqualTo(Finding.missing(
                        "Cache", file + " is no folder", "let taplab.cache name a folder that can be written to"));
    }
}
