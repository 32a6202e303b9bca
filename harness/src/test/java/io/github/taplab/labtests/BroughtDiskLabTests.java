package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.disk.DiskImages;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.ImageSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk image that one engine has, and another one, which has nothing of its own, gets from it. */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class BroughtDiskLabTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SIZE = 3 << 20;
    // Takes longer than a look at how much has arrived.
    private static final int LARGE = 128 << 20;
    private static final int PART = 8 << 20;
    private static final int BOOT_SIGNATURE = 510;

    @TempDir
    private Path folder;

    private Path file;
    private OwnEngine own;
    private DockerEngine one;
    private DockerEngine other;
    private DiskImage made;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeEach
    void anImageOnOneOfTwoEngines() throws Exception {
        EngineView.require();
        Assumptions.assumeTrue(OwnEngine.isPossible(), "only root can start an engine, with dockerd and unshare");
        own = OwnEngine.start(folder);
        one = DockerEngine.connect(new EngineName.Local());
        other = DockerEngine.connect(own.name());
        made = made(SIZE);
    }

    private DiskImage made(int size) throws IOException {
        byte[] content = new byte[size];
        new Random().nextBytes(content);
        content[0] = 0;
        content[BOOT_SIGNATURE] = 0x55;
        content[BOOT_SIGNATURE + 1] = (byte) 0xaa;
        file = Files.write(folder.resolve("disk.raw"), content);
        DiskImage image = ensured(one, other);
        told.reset();
        return image;
    }

    @AfterEach
    void end() {
        if (made != null) {
            one.volumes().remove(made.volumes().get(0).volume());
            one.close();
            other.close();
            own.close();
        }
    }

    private DiskImage ensured(DockerEngine on, DockerEngine beside) {
        Progress progress = new Progress(new PrintStream(told, true, StandardCharsets.UTF_8));
        String name = "taplab-brought-" + UUID.randomUUID();
        try (DiskImages images = new DiskImages(on, List.of(beside), GivenSettings.read(), name, Map.of(), progress)) {
            return images.ensure(DiskSpec.of(ImageSource.of(file.toString(), "")));
        }
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private static String in(DockerEngine docker, DiskImage image, String script) {
        VolumeMount volume = image.volumes().get(0);
        String lab = new BuiltImages(GivenSettings.read())
                .ensureLab(docker, List.of(), line -> {})
                .id();
        ContainerRequest request = ContainerRequest.withoutNetwork(
                "taplab-brought-look-" + UUID.randomUUID(),
                lab,
                List.of(new VolumeMount(volume.volume(), volume.path(), false)),
                Map.of());
        try (LeasedContainer container = docker.containers().start(request)) {
            container.awaitReady();
            return container
                    .exec("look", SOON, List.of("/bin/sh", "-c", "cd %s && %s".formatted(volume.path(), script)))
                    .orThrow()
                    .stdout();
        }
    }

    @Test
    @Timeout(200)
    void itIsBroughtAndIsTheSame() {
        assertThat(ensured(other, one)).isEqualTo(made);

        assertThat(told())
                .contains("bringing the image " + made.volumes().get(0).volume() + " from " + one.name())
                .doesNotContain("copying " + file);
        assertThat(in(other, made, "sha256sum -c image.sha256; ls")).isEqualTo("image: OK\nimage\nimage.sha256\n");
    }

    @Test
    @Timeout(200)
    void whatIsNotAsItWasMadeIsNotTaken() {
        in(one, made, "printf x | dd of=image bs=1 conv=notrunc status=none && ! sha256sum --status -c image.sha256");

        assertThat(ensured(other, one)).isEqualTo(made);

        assertThat(told())
                .contains("can't be brought from " + one.name() + ": it is not what it was when it was made:")
                .contains("copying " + file);
        assertThat(in(other, made, "sha256sum -c image.sha256; ls")).isEqualTo("image: OK\nimage\nimage.sha256\n");
    }

    @Test
    @Timeout(200)
    void neitherIsOneThatIsNotWhole() {
        in(one, made, "mv image image.partial");

        assertThat(ensured(other, one)).isEqualTo(made);

        assertThat(told()).contains("can't be brought from " + one.name() + ": it is not whole there");
        assertThat(in(other, made, "sha256sum -c image.sha256; ls")).isEqualTo("image: OK\nimage\nimage.sha256\n");
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException notThereYet) {
            return 0;
        }
    }

    /** What has arrived of it is nobody's image, and the next one to ask for it gets all of it. */
    @Test
    @Timeout(200)
    void whoGetsItMayDieInTheMiddle() throws Exception {
        one.volumes().remove(made.volumes().get(0).volume());
        made = made(LARGE);
        String volume = made.volumes().get(0).volume();
        Path partial = own.volume(volume).resolve("image.partial");

        CompletableFuture<DiskImage> bringing = CompletableFuture.supplyAsync(() -> ensured(other, one));
        while (size(partial) < PART && !bringing.isDone()) {
            Thread.onSpinWait();
        }
        own.kill();

        assertThatThrownBy(() -> Waiting.joined("the image is not brought", SOON, bringing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(other.name());
        assertThat(size(partial)).isBetween((long) PART, LARGE - 1L);
        other.close();
        own = OwnEngine.start(folder);
        other = DockerEngine.connect(own.name());
        told.reset();

        assertThat(ensured(other, one)).isEqualTo(made);

        assertThat(told()).contains("bringing the image " + volume).doesNotContain("can't be brought");
        assertThat(in(other, made, "sha256sum -c image.sha256; ls")).isEqualTo("image: OK\nimage\nimage.sha256\n");
    }
}
