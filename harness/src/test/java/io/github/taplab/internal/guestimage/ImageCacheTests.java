package io.github.taplab.internal.guestimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.spec.Digest;
import io.github.taplab.spec.Digest.Algorithm;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.InvalidSpecException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cache keeps, what it removes, and what it does with a file that is here already. */
class ImageCacheTests {

    private static final ByteSize TWO_IMAGES = new ByteSize(2 * ImageServer.SIZE + 1000);
    private static final String OLD = "2026-01-02T03:04:05.678Z";

    private final List<String> told = new ArrayList<>();
    private final Path cache;
    private final Path images;

    ImageCacheTests(@TempDir Path cache) {
        this.cache = cache;
        images = cache.resolve("images");
    }

    @Test
    void theImageThatWasNotUsedForTheLongestTimeMakesRoom() throws Exception {
        Path first = fetch(1);
        Path second = fetch(2);
        setLastUse(first, "2026-01-01T00:00:00Z");
        setLastUse(second, OLD);
        fetch(1);
        Path third = fetch(3);

        assertThat(first).exists();
        assertThat(second).doesNotExist();
        assertThat(third).exists();
        assertThat(told)
                .contains("removed an image of 256 KiB from the cache, last used 2026-01-02T03:04:05Z:"
                        + " taplab.cache.size is 513 KiB");
    }

    @Test
    void whatIsInUseInThisJvmStays() throws Exception {
        try (ImageCache inUse = cache(TWO_IMAGES)) {
            Path first = fetch(inUse, 1);
            Path second = fetch(inUse, 2);
            Path third = fetch(3);

            assertThat(first).exists();
            assertThat(second).exists();
            assertThat(third).exists();
            assertThat(told)
                    .contains("the cache grows to 768 KiB, over taplab.cache.size = 513 KiB: its images are in use");
        }
        fetch(4);
        assertThat(told).filteredOn(line -> line.startsWith("removed")).hasSize(2);
    }

    @Test
    void anotherUserOfTheSameImageIsAsked() throws Exception {
        try (ImageCache first = cache(TWO_IMAGES)) {
            Path image = fetch(first, 1);
            fetch(1);
            fetch(2);
            fetch(3);

            assertThat(image).exists();
        }
    }

    @Test
    void theMarkOfADeadJvmIsNoUse() throws Exception {
        Path first = fetch(1);
        setLastUse(first, OLD);
        Path mark = Files.createFile(images.resolve(first.getFileName() + ".use.a-jvm.1"));
        fetch(2);
        fetch(3);

        assertThat(first).doesNotExist();
        assertThat(mark).doesNotExist();
    }

    @Test
    void aPartMakesRoomToo() throws Exception {
        Files.createDirectories(images);
        Path part = Files.write(images.resolve("0123cdef".repeat(8) + ".part"), new byte[2 * ImageServer.SIZE]);
        setLastUse(part, OLD);
        Path other = Files.write(images.resolve("notes.txt"), new byte[2 * ImageServer.SIZE]);
        fetch(1);

        assertThat(part).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void anImageThatCanNeverFitIsRefused() {
        try (ImageServer server = new ImageServer();
                ImageCache small = cache(ByteSize.parse("100K"))) {
            server.next(server.asItShould(), server.withoutLength());
            assertThatExceptionOfType(LabUnavailableException.class)
                    .isThrownBy(() -> small.fetch(server.wanted(), Optional.empty(), told::add))
                    .withMessage(
                            "disk.raw from %s has 256 KiB, which taplab.cache.size = 100 KiB does not let in",
                            server.uri());
            assertThatExceptionOfType(LabUnavailableException.class)
                    .isThrownBy(() -> small.fetch(server.wanted(), Optional.empty(), told::add))
                    .withMessageMatching("disk.raw from .* has at least 1[0-9]{2} KiB, which taplab.cache.size ="
                            + " 100 KiB does not let in");
            assertThat(images.resolve(server.wanted().digest().hex() + ".part")).doesNotExist();
        }
    }

    @Test
    void aKnownImageComesWithWhatIsKnownOfIt() {
        KnownImage debian = KnownImages.read().get(new ImageSource.Known("debian-12"));
        try (ImageServer server = new ImageServer();
                ImageCache ours = cache(TWO_IMAGES)) {
            assertThat(ours.fetch(server.wanted(), Optional.of(debian), told::add)
                            .known())
                    .hasValue(debian);
        }
        assertThat(Wanted.of(debian))
                .isEqualTo(new Wanted(
                        "debian-12", debian.source().uri(), debian.source().digest()));
        assertThat(Wanted.of(debian.source()).name()).isEqualTo("debian-12-genericcloud-amd64-20260923-2610.qcow2");
    }

    @Test
    void namesAreChecked() {
        assertInvalid(ImageSource.of("debian-cloud", "")).withMessage("image = \"debian-cloud\" is made, not fetched");
        assertInvalid(ImageSource.of("debian-112", ""))
                .withMessageStartingWith(
                        "image = \"debian-112\" is no image that Taplab knows (did you mean debian-12?)");
        assertThat(images).doesNotExist();
    }

    @Test
    void aPathIsUsedWhereItIs() throws Exception {
        Path disk = Files.write(cache.resolve("disk"), ImageServer.disk(1));
        Digest digest = ImageServer.digest(ImageServer.disk(1), Algorithm.SHA_512);
        DiskFile raw = new DiskFile(DiskFile.Format.RAW, ImageServer.SIZE);

        try (ImageCache ours = cache(TWO_IMAGES)) {
            assertThat(ours.fetch(ImageSource.of(disk.toString(), ""), told::add))
                    .isEqualTo(new GuestImage(
                            disk, ImageServer.digest(ImageServer.disk(1), Algorithm.SHA_256), raw, Optional.empty()));
            assertThat(ours.fetch(ImageSource.of(disk.toUri().toString(), digest.hex()), told::add))
                    .isEqualTo(new GuestImage(disk, digest, raw, Optional.empty()));
        }
        assertThat(told).isEmpty();
        assertThat(images).doesNotExist();
    }

    @Test
    void aFileThatIsChangedIsReadAgain() throws Exception {
        Path disk = Files.write(cache.resolve("disk"), ImageServer.disk(1));
        Digest digest = ImageServer.digest(ImageServer.disk(1), Algorithm.SHA_256);
        ImageSource source = ImageSource.of(disk.toString(), digest.hex());

        try (ImageCache ours = cache(TWO_IMAGES)) {
            ours.fetch(source, told::add);
            Files.write(disk, ImageServer.disk(2));
            setLastUse(disk, OLD);

            assertThatExceptionOfType(WrongImageException.class)
                    .isThrownBy(() -> ours.fetch(source, told::add))
                    .withMessage(
                            "%s has another digest than it should\n  expected: %s\n  found:    %s",
                            disk, digest, ImageServer.digest(ImageServer.disk(2), Algorithm.SHA_256));
        }
        assertThat(disk).exists();
    }

    @Test
    void aPathThatLeadsToNoDiskIsRefused() throws Exception {
        Path text = Files.writeString(cache.resolve("text"), "a text");

        assertWrong(text.toString()).withMessage("%s is no disk image: it looks like a text", text);
        assertWrong(cache + "/none").withMessage("image = \"%s/none\": %s/none does not exist", cache, cache);
        assertWrong(cache.toString()).withMessage("image = \"%s\": %s is no regular file", cache, cache);
        assertWrong("target/../none.raw")
                .withMessage(
                        "image = \"target/../none.raw\": %s does not exist",
                        Path.of("none.raw").toAbsolutePath());
    }

    private ImageCache cache(ByteSize limit) {
        return new ImageCache(cache, limit, Limits.USUAL, folder -> 1L << 40, System::nanoTime);
    }

    private Path fetch(int seed) {
        try (ImageCache ours = cache(TWO_IMAGES)) {
            return fetch(ours, seed);
        }
    }

    private Path fetch(ImageCache ours, int seed) {
        try (ImageServer server = new ImageServer(ImageServer.disk(seed))) {
            return ours.fetch(server.wanted(), Optional.empty(), told::add).file();
        }
    }

    private static void setLastUse(Path file, String time) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
    }

    private ThrowableAssertAlternative<InvalidSpecException> assertInvalid(ImageSource source) {
        return assertThatExceptionOfType(InvalidSpecException.class).isThrownBy(() -> fetch(source));
    }

    private ThrowableAssertAlternative<WrongImageException> assertWrong(String path) {
        return assertThatExceptionOfType(WrongImageException.class).isThrownBy(() -> fetch(ImageSource.of(path, "")));
    }

    private void fetch(ImageSource source) {
        try (ImageCache ours = cache(TWO_IMAGES)) {
            ours.fetch(source, told::add);
        }
    }
}
