package io.github.taplab.internal.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.docker.ContainerUse;
import io.github.taplab.internal.docker.LabelledVolume;
import io.github.taplab.internal.docker.StoredImage;
import io.github.taplab.internal.stock.Item.Part;
import io.github.taplab.internal.stock.Item.Place;
import io.github.taplab.internal.stock.Item.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineItemsTests {

    private static final Instant NOW = Instant.parse("2026-11-29T04:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(3));
    private static final String NEW_TAG = "taplab/lab:aaaaaaaaaaaa";
    private static final String OLD_TAG = "taplab/lab:bbbbbbbbbbbb";
    private static final String NEW_CLOUD = "taplab/debian-cloud:aaaaaaaaaaaa";
    private static final Versions VERSIONS =
            new Versions(Set.of(NEW_TAG, NEW_CLOUD), Map.of("lab", "made1", "debian-cloud", "made2"));

    private final List<StoredImage> images = new ArrayList<>(List.of(
            image("new", NEW_TAG, Map.of("io.github.taplab.image", "lab")),
            image("old", OLD_TAG, Map.of("io.github.taplab.image", "lab"))));
    private final List<StoredImage> stages = new ArrayList<>();
    private final List<LabelledVolume> volumes = new ArrayList<>();
    private final Map<String, Instant> created = new HashMap<>();
    private final Set<String> usedImages = new HashSet<>();
    private final Set<String> usedVolumes = new HashSet<>();
    private boolean ownerLives;

    private static StoredImage image(String id, String tag, Map<String, String> labels) {
        return new StoredImage(id, List.of(tag), labels, 1000, LONG_AGO);
    }

    private void volume(String name, Map<String, String> labels) {
        volumes.add(new LabelledVolume(name, labels));
        created.put(name, LONG_AGO);
    }

    private List<Item> all() {
        return new EngineItems(
                        new EngineStock(images, stages, volumes, created, new ContainerUse(usedImages, usedVolumes)),
                        VERSIONS,
                        Map.of("files", new ByteSize(90)),
                        labels -> ownerLives,
                        NOW)
                .all();
    }

    private Status statusOf(String name) {
        return all().stream()
                .filter(item -> item.name().startsWith(name))
                .findFirst()
                .orElseThrow()
                .status();
    }

    @Test
    void anImageIsCurrentByItsTag() {
        assertThat(statusOf(NEW_TAG)).isEqualTo(Status.CURRENT);
        assertThat(statusOf(OLD_TAG)).isEqualTo(Status.OLD);
    }

    @Test
    void soIsOneThatOtherSettingsMadeOfTheSame() {
        images.add(image(
                "sid",
                "taplab/lab:cccccccccccc",
                Map.of("io.github.taplab.image", "lab", "io.github.taplab.image.context", "made1")));
        images.add(image(
                "mixed",
                "taplab/lab:dddddddddddd",
                Map.of("io.github.taplab.image", "lab", "io.github.taplab.image.context", "made2")));

        assertThat(statusOf("taplab/lab:cccccccccccc")).isEqualTo(Status.CURRENT);
        assertThat(statusOf("taplab/lab:dddddddddddd")).isEqualTo(Status.OLD);
    }

    @ParameterizedTest
    @CsvSource({
        // Whoever builds on an image of Taplab's inherits its label.
        "company/lab:aaaaaaaaaaaa, lab",
        "taplab/lab:latest, lab",
        "taplab/lab:bbbbbbbbbbbb, debian-cloud",
        "taplab/lab:bbbbbbbbbbbb, ''",
    })
    void whatIsSomebodyElsesIsNoItem(String tag, String label) {
        images.clear();
        images.add(image("theirs", tag, Map.of("io.github.taplab.image", label)));

        assertThat(all()).isEmpty();
    }

    @Test
    void anotherNameOfAnImageIsNotTaken() {
        images.add(new StoredImage(
                "both",
                List.of("taplab/lab:cccccccccccc", "company/lab:1"),
                Map.of("io.github.taplab.image", "lab"),
                1000,
                LONG_AGO));

        assertThat(all())
                .filteredOn(item -> item.name().contains("cccccccccccc"))
                .flatExtracting(Item::parts)
                .containsExactly(new Part(Place.IMAGE, "taplab/lab:cccccccccccc"));
    }

    private static StoredImage stage(String stage, Instant created, String... tags) {
        return new StoredImage(
                "sha256:0123456789abcdef", List.of(tags), Map.of("io.github.taplab.image.stage", stage), 600, created);
    }

    @Test
    void whatABuildHasLeftOfAStageCanGo() {
        stages.add(stage("lab/guest", LONG_AGO));

        assertThat(all())
                .contains(new Item(
                        Item.Kind.IMAGE,
                        "stage of a build, lab/guest (0123456789ab)",
                        Optional.of(new ByteSize(600)),
                        Optional.of(LONG_AGO),
                        Status.OLD,
                        List.of(new Part(Place.IMAGE, "sha256:0123456789abcdef"))));
    }

    @Test
    void itStaysWhileItsBuildMayGoOnOrAContainerHasIt() {
        stages.add(stage("lab/guest", NOW.minus(Duration.ofMinutes(59))));
        assertThat(statusOf("stage of a build")).isEqualTo(Status.IN_USE);

        stages.set(0, stage("lab/guest", LONG_AGO));
        usedImages.add("sha256:0123456789abcdef");
        assertThat(statusOf("stage of a build")).isEqualTo(Status.IN_USE);
    }

    @Test
    void whatSomebodyHasNamedIsHisAndAnImageIsNoStageOfItself() {
        stages.add(stage("lab/guest", LONG_AGO, "company/tools:1"));
        stages.add(stage("", LONG_AGO));

        assertThat(all()).noneMatch(item -> item.name().startsWith("stage"));
    }

    @Test
    void whatAContainerHasIsInUse() {
        usedImages.add("old");

        assertThat(statusOf(OLD_TAG)).isEqualTo(Status.IN_USE);
        assertThat(statusOf(NEW_TAG)).isEqualTo(Status.CURRENT);
    }

    private void snapshotOf(String image) {
        volume(
                "taplab-snapshot-1",
                Map.of(
                        "io.github.taplab.snapshot", "files",
                        "io.github.taplab.snapshot.image", image,
                        "io.github.taplab.snapshot.machine", "bare QEMU"));
        volume("files", Map.of("io.github.taplab.snapshot.files", "taplab-snapshot-1"));
    }

    @Test
    void aSnapshotIsTwoVolumesAndAsOldAsItsImage() {
        snapshotOf("new");
        assertThat(all().get(0))
                .isEqualTo(new Item(
                        Item.Kind.SNAPSHOT,
                        "taplab-snapshot-1 (bare QEMU)",
                        Optional.of(new ByteSize(90)),
                        Optional.of(LONG_AGO),
                        Status.CURRENT,
                        List.of(new Part(Place.VOLUME, "taplab-snapshot-1"), new Part(Place.VOLUME, "files"))));
        assertThat(all()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"new, CURRENT", "old, OLD", "gone, OLD"})
    void aSnapshotWithoutItsImageIsOfNoUse(String image, Status status) {
        snapshotOf(image);

        assertThat(statusOf("taplab-snapshot-1")).isEqualTo(status);
    }

    @Test
    void aSnapshotIsInUseAsLongAsALabOfItsVersionRuns() {
        snapshotOf("old");
        usedImages.add("old");

        assertThat(statusOf("taplab-snapshot-1")).isEqualTo(Status.IN_USE);
    }

    @Test
    void soIsOneWhoseFilesALauncherHas() {
        snapshotOf("old");
        usedVolumes.add("files");

        assertThat(statusOf("taplab-snapshot-1")).isEqualTo(Status.IN_USE);
    }

    @Test
    void aSnapshotThatIsBeingMadeIsInUse() {
        volume("half", Map.of("io.github.taplab.snapshot.files", "taplab-snapshot-2"));
        assertThat(statusOf("half")).isEqualTo(Status.OLD);

        ownerLives = true;
        assertThat(statusOf("half")).isEqualTo(Status.IN_USE);

        ownerLives = false;
        usedVolumes.add("half");
        assertThat(statusOf("half")).isEqualTo(Status.IN_USE);

        // Of a run on another machine nobody knows.
        usedVolumes.clear();
        created.put("half", NOW.minus(Duration.ofMinutes(59)));
        assertThat(statusOf("half")).isEqualTo(Status.IN_USE);
        created.remove("half");
        assertThat(statusOf("half")).isEqualTo(Status.IN_USE);
    }

    @Test
    void aGuestImageIsOldWithTheVersionThatMadeIt() {
        volume("taplab-debian-cloud-aaaaaaaaaaaa", Map.of("io.github.taplab.disk", "x"));
        volume("taplab-debian-cloud-bbbbbbbbbbbb", Map.of("io.github.taplab.disk", "x"));
        volume("taplab-disk-0123456789abcdef", Map.of("io.github.taplab.disk", "x"));

        assertThat(statusOf("taplab-debian-cloud-aaaaaaaaaaaa")).isEqualTo(Status.CURRENT);
        assertThat(statusOf("taplab-debian-cloud-bbbbbbbbbbbb")).isEqualTo(Status.OLD);
        // Named by its content, which no version changes.
        assertThat(statusOf("taplab-disk-0123456789abcdef")).isEqualTo(Status.CURRENT);
    }

    @ParameterizedTest
    @CsvSource({
        "taplab-debian-cloud-aaaaaaaaaaaa, CURRENT",
        "taplab-debian-cloud-bbbbbbbbbbbb, OLD",
        "taplab-disk-0123456789abcdef, CURRENT",
        "taplab-disk-gone, OLD"
    })
    void aChangedImageIsAsOldAsWhatItIsBasedOn(String base, Status status) {
        volume("taplab-disk-0123456789abcdef", Map.of("io.github.taplab.disk", "x"));
        volume("taplab-customized-1", Map.of("io.github.taplab.disk", "x", "io.github.taplab.disk.base", base));

        assertThat(statusOf("taplab-customized-1")).isEqualTo(status);
    }

    @Test
    void aLabThatRunsMayBeAboutToTakeAGuestImage() {
        volume("taplab-debian-cloud-bbbbbbbbbbbb", Map.of("io.github.taplab.disk", "x"));
        usedImages.add("new");

        assertThat(statusOf("taplab-debian-cloud-bbbbbbbbbbbb")).isEqualTo(Status.IN_USE);
    }

    @Test
    void whatIsBuiltOnOthersComesBeforeThese() {
        images.add(image("cloud", NEW_CLOUD, Map.of("io.github.taplab.image", "debian-cloud")));
        volume("taplab-disk-0", Map.of("io.github.taplab.disk", "x"));
        volume(
                "taplab-customized-1",
                Map.of("io.github.taplab.disk", "x", "io.github.taplab.disk.base", "taplab-disk-0"));
        snapshotOf("new");

        assertThat(all())
                .extracting(item -> item.name().split(" ", 2)[0])
                .containsExactly(
                        "taplab-snapshot-1", "taplab-customized-1", "taplab-disk-0", NEW_CLOUD, NEW_TAG, OLD_TAG);
    }

    @Test
    void onlyWithAllWhatIsCurrentMayGoAndNeverWhatIsInUse() {
        usedImages.add("old");
        assertThat(all()).noneMatch(item -> Stock.mayGo(item, false));
        assertThat(all())
                .filteredOn(item -> Stock.mayGo(item, true))
                .extracting(Item::name)
                .containsExactly(NEW_TAG);

        usedImages.clear();
        assertThat(all())
                .filteredOn(item -> Stock.mayGo(item, false))
                .extracting(Item::name)
                .containsExactly(OLD_TAG);
    }
}
