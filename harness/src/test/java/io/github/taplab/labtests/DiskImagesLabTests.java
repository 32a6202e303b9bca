package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.disk.DiskImages;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.ImageSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image of this machine on the Docker host. */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class DiskImagesLabTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int BOOT_SIGNATURE = 510;
    private static final int SIZE = 3 << 20;

    private final DockerEngine docker = DockerEngine.connect(new EngineName.Local());
    private final Settings settings = GivenSettings.read();
    private final String name = "taplab-disk-test-" + UUID.randomUUID();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final byte[] content = new byte[SIZE];

    private Path file;

    @BeforeEach
    void makeDisk(@TempDir Path folder) throws Exception {
        new Random().nextBytes(content);
        content[BOOT_SIGNATURE] = 0x55;
        content[BOOT_SIGNATURE + 1] = (byte) 0xaa;
        file = Files.write(folder.resolve("disk.raw"), content);
    }

    @AfterEach
    void closeEngine() {
        docker.close();
    }

    private DiskImage ensure() {
        Progress progress = new Progress(new PrintStream(told, true, StandardCharsets.UTF_8));
        try (DiskImages images = new DiskImages(docker, List.of(), settings, name, Map.of(), progress)) {
            return images.ensure(DiskSpec.of(ImageSource.of(file.toString(), "")));
        }
    }

    @Test
    void aFileIsCopiedOnceAndStaysAsItIs() throws Exception {
        DiskImage image = ensure();
        try {
            assertThat(image.format()).isEqualTo("raw");
            assertThat(told.toString(StandardCharsets.UTF_8))
                    .containsOnlyOnce("copying " + file + " (3 MiB) to the Docker host");
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            assertThat(inContainerWith(image, "sha256sum", image.path())).startsWith(digest + " ");
            assertThat(inContainerWith(image, "sh", "-c", "echo x >>" + image.path() + " || echo refused"))
                    .isEqualTo("refused\n");

            assertThat(ensure()).isEqualTo(image);
            assertThat(told.toString(StandardCharsets.UTF_8)).containsOnlyOnce("copying");
            assertThat(inContainerWith(
                            image, "sh", "-c", "cd $(dirname " + image.path() + ") && sha256sum -c image.sha256"))
                    .isEqualTo("image: OK\n");
        } finally {
            docker.volumes().remove(image.volumes().get(0).volume());
        }
    }

    @Test
    void whereItDoesNotFitTheImageIsNamedAndNothingIsKept() throws Exception {
        String volume = "taplab-disk-"
                + HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                        .substring(0, 16);
        EngineView.makeTinyVolume(volume);

        assertThatThrownBy(this::ensure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(file + " can't be copied to the Docker host: ")
                .hasMessageContaining("no space left on device");
        assertThat(EngineView.hasVolume(volume)).isFalse();
    }

    private String inContainerWith(DiskImage image, String... argv) {
        String lab = new BuiltImages(settings).lab().ensure(docker, Map.of(), line -> {});
        ContainerRequest request = ContainerRequest.withoutNetwork(name + "-look", lab, image.volumes(), Map.of());
        try (LeasedContainer container = docker.containers().start(request)) {
            container.awaitReady();
            return container.exec(name, SOON, List.of(argv)).orThrow().stdout();
        }
    }
}
