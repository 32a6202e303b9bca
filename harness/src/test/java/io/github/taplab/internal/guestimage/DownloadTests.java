package io.github.taplab.internal.guestimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.Digest;
import io.github.taplab.spec.Digest.Algorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an image comes from its server into the cache, and what is said where it does not. */
class DownloadTests {

    private static final Limits PATIENT =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(1), 3);
    private static final Limits IMPATIENT =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1), 2);
    private static final ByteSize LIMIT = ByteSize.parse("1G");
    private static final int SIZE = ImageServer.SIZE;

    private final byte[] disk = ImageServer.disk(1);
    private final ImageServer server = new ImageServer(disk);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Path cache;
    private final Path images;

    DownloadTests(@TempDir Path cache) {
        this.cache = cache;
        images = cache.resolve("images");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void anImageIsFetchedOnce() throws Exception {
        GuestImage image = fetch(PATIENT, server.wanted());

        assertThat(image)
                .isEqualTo(new GuestImage(
                        images.resolve(server.wanted().digest().hex()),
                        server.wanted().digest(),
                        new DiskFile(DiskFile.Format.RAW, SIZE),
                        Optional.empty()));
        assertThat(image.file()).hasBinaryContent(disk);
        assertThat(told)
                .containsExactly(
                        "fetching disk.raw (256 KiB) from " + server.uri() + ", once",
                        "disk.raw is there after 0 s, and its digest is right");

        assertThat(fetch(PATIENT, server.wanted())).isEqualTo(image);
        assertThat(told).hasSize(2);
        assertThat(server.requests()).containsExactly(ImageServer.WHOLE);
    }

    @Test
    void aSha512WillDoToo() throws Exception {
        Digest digest = ImageServer.digest(disk, Algorithm.SHA_512);

        assertThat(fetch(PATIENT, new Wanted("disk.raw", server.uri(), digest)).file())
                .hasFileName(digest.hex())
                .hasBinaryContent(disk);
    }

    @Test
    void aCutIsMendedWithTheRest() throws Exception {
        server.next(server.cutAt(100_000), server.cutAt(200_000));

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(server.requests()).containsExactly(ImageServer.WHOLE, "bytes=100000-", "bytes=200000-");
        assertThat(told)
                .containsExactly(
                        "fetching disk.raw (256 KiB) from " + server.uri() + ", once",
                        "disk.raw broke off at 98 KiB of 256 KiB: the connection ended early; going on",
                        "fetching disk.raw (256 KiB) from " + server.uri() + ", 98 KiB are there",
                        "disk.raw broke off at 195 KiB of 256 KiB: the connection ended early; going on",
                        "fetching disk.raw (256 KiB) from " + server.uri() + ", 195 KiB are there",
                        "disk.raw is there after 0 s, and its digest is right");
    }

    @Test
    void anImageThatIsAlwaysCutIsGivenUpAndTheNextRunGoesOn() throws Exception {
        server.next(server.cutAt(100_000), server.cutAt(100_000), server.cutAt(100_000));

        assertUnavailable(PATIENT)
                .withMessage(
                        "disk.raw from %s can't be fetched: the connection ended early;"
                                + " 98 KiB of 256 KiB of it are there after attempt 3, the next run goes on from there",
                        server.uri());
        assertThat(part()).hasBinaryContent(Arrays.copyOf(disk, 100_000));

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(server.requests())
                .containsExactly(ImageServer.WHOLE, "bytes=100000-", "bytes=100000-", "bytes=100000-");
        assertThat(part()).doesNotExist();
    }

    @Test
    void aServerWithoutRangesSendsAllOfItAgain() throws Exception {
        server.next(server.cutAt(100_000), server.withoutRanges());

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(server.requests()).containsExactly(ImageServer.WHOLE, "bytes=100000-");
    }

    @Test
    void anotherPieceThanAskedForIsNotTaken() throws Exception {
        server.next(server.cutAt(100_000), server.anotherPiece());

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(server.requests()).containsExactly(ImageServer.WHOLE, "bytes=100000-", ImageServer.WHOLE);
        assertThat(told).contains("disk.raw broke off at 0 bytes of 256 KiB: the server sent another piece; going on");
    }

    @Test
    void piecesOfTwoImagesAreFetchedAgain() throws Exception {
        keepPart(Arrays.copyOf(ImageServer.disk(2), 100_000));

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(server.requests()).containsExactly("bytes=100000-", ImageServer.WHOLE);
        assertThat(told).contains("the pieces of disk.raw do not fit together, fetching it again");
    }

    @Test
    void aPartThatIsAllOfItNeedsNotAByte() throws Exception {
        keepPart(disk);

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(server.requests()).containsExactly("bytes=262144-");
    }

    @Test
    void aPartThatIsMoreThanAllOfItIsDropped() throws Exception {
        keepPart(Arrays.copyOf(disk, SIZE + 1));

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(server.requests()).containsExactly("bytes=262145-", ImageServer.WHOLE);
    }

    @Test
    void aServerNeedNotSayHowMuchItSends() throws Exception {
        server.next(server.withoutLength());

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(told).startsWith("fetching disk.raw from " + server.uri() + ", once");
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        server.next(server.redirect("/mirror/disk.raw"));

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
    }

    @Test
    void theRestIsAskedForBehindARedirectToo() throws Exception {
        server.next(server.cutAt(100_000), server.redirect("/mirror/disk.raw"));

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(server.requests()).containsExactly(ImageServer.WHOLE, "bytes=100000-", "bytes=100000-");
    }

    @Test
    void whoeverInterruptsItGetsItsThreadBack() throws Exception {
        server.next(server.silenceAt(1024));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            assertThatExceptionOfType(InterruptedWaitException.class)
                    .isThrownBy(() -> fetch(PATIENT, server.wanted()))
                    .withMessage("disk.raw from %s is fetched: interrupted while waiting for it", server.uri());
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        thread.start();
        Waiting.until("it is fetched", PATIENT.silence(), () -> told, lines -> !lines.isEmpty());
        thread.interrupt();

        assertThat(Waiting.forEvent("the end", PATIENT.silence(), interrupted, told::toString))
                .isTrue();
    }

    @Test
    void aBusyServerIsAskedAgain() throws Exception {
        server.next(server.status(503), server.status(429));

        assertThat(fetch(PATIENT, server.wanted()).file()).hasBinaryContent(disk);
        assertThat(told).startsWith("disk.raw broke off at 0 bytes: the server answers 503; going on");
    }

    @Test
    @Timeout(60)
    void silenceEndsInTime() {
        server.next(server.silenceAt(1024), server.silenceAt(2048));

        assertUnavailable(IMPATIENT)
                .withMessage(
                        "disk.raw from %s can't be fetched: no byte for 5000 ms; 2 KiB of 256 KiB of it are there"
                                + " after attempt 2, the next run goes on from there",
                        server.uri());
    }

    @Test
    @Timeout(60)
    void aServerThatNeverAnswersIsGivenUp() {
        server.next(server.silence(), server.silence());

        assertUnavailable(IMPATIENT)
                .withMessage(
                        "disk.raw from %s can't be fetched: no answer in time; 0 bytes of it are there"
                                + " after attempt 2, the next run goes on from there",
                        server.uri());
    }

    @Test
    void aTrickleEndsInTimeToo() {
        server.next(server.stopAt(1024, new CountDownLatch(0)));
        Limits brief = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO, 5);

        assertUnavailable(brief)
                .withMessageStartingWith("disk.raw from %s can't be fetched: not within 0 s; ".formatted(server.uri()));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void nobodyListens() throws Exception {
        // Nobody else gets the port as long as it is bound, and nobody listens.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort() + "/disk.raw");

            assertThatExceptionOfType(LabUnavailableException.class)
                    .isThrownBy(() -> fetch(
                            PATIENT,
                            new Wanted("disk.raw", nobody, server.wanted().digest())))
                    .withMessage(
                            "disk.raw from %s can't be fetched: the connection is refused; 0 bytes of it are there"
                                    + " after attempt 3, the next run goes on from there",
                            nobody);
        }
    }

    @Test
    void anotherDigestIsRefusedAndNothingIsKept() {
        Digest expected = ImageServer.digest(ImageServer.disk(2), Algorithm.SHA_256);

        assertThatExceptionOfType(WrongImageException.class)
                .isThrownBy(() -> fetch(PATIENT, new Wanted("debian-12", server.uri(), expected)))
                .withMessage(
                        "debian-12 from %s has another digest than it should\n  expected: %s\n  found:    %s",
                        server.uri(), expected, server.wanted().digest());
        assertThat(server.requests()).hasSize(1);
        assertThatNothingIsKept();
    }

    @Test
    void aPageInsteadOfTheImageIsCalledOne() {
        byte[] page = "<!DOCTYPE html><title>Moved</title>".getBytes(StandardCharsets.UTF_8);
        try (ImageServer portal = new ImageServer(page)) {
            assertThatExceptionOfType(WrongImageException.class)
                    .isThrownBy(() -> fetch(
                            PATIENT,
                            new Wanted(
                                    "debian-12", portal.uri(), server.wanted().digest())))
                    .withMessage(
                            "debian-12 from %s has another digest than it should\n  expected: %s\n  found:    %s"
                                    + "\n  look at:  it looks like an HTML page",
                            portal.uri(),
                            server.wanted().digest(),
                            portal.wanted().digest());
        }
    }

    @Test
    void theRightFileMustBeADiskToo() {
        byte[] archive = Arrays.copyOf(new byte[] {0x1f, (byte) 0x8b, 8}, 4096);
        try (ImageServer other = new ImageServer(archive)) {
            assertThatExceptionOfType(WrongImageException.class)
                    .isThrownBy(() -> fetch(PATIENT, other.wanted()))
                    .withMessage(
                            "disk.raw from %s is no disk image: it looks like a gzip archive; unpack it first",
                            other.uri());
        }
        assertThatNothingIsKept();
    }

    @Test
    void whatTheServerDoesNotHaveIsNotAskedForAgain() {
        server.next(server.status(404));

        assertThatExceptionOfType(WrongImageException.class)
                .isThrownBy(() -> fetch(PATIENT, server.wanted()))
                .withMessage(
                        "disk.raw from %s can't be fetched: the server does not have it (404);"
                                + " publishers remove old releases, another one is given by its URL and checksum",
                        server.uri());
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aFullDiskIsSeenBefore() throws Exception {
        keepPart(Arrays.copyOf(disk, 100_000));

        try (ImageCache full = new ImageCache(cache, LIMIT, PATIENT, folder -> 150_000, () -> 0)) {
            assertThatExceptionOfType(LabUnavailableException.class)
                    .isThrownBy(() -> full.fetch(server.wanted(), Optional.empty(), told::add))
                    .withMessage(
                            "disk.raw from %s does not fit on the disk: it needs 158 KiB, and 146 KiB are free in %s;"
                                    + " taplab.cache names another folder",
                            server.uri(), images);
        }
        assertThatNothingIsKept();
    }

    /** The kernel's own full disk: whatever is written to it, there is no space left. */
    @Test
    void aDiskThatGetsFullIsSaidSo() throws Exception {
        Files.createDirectories(images);
        Files.createSymbolicLink(part(), Path.of("/dev/full"));

        assertUnavailable(PATIENT)
                .withMessageMatching("\\Qdisk.raw from " + server.uri()
                        + " can't be written: No space left on device; it needs 256 KiB, and \\E.*\\Q are free in "
                        + images + ", nothing of it is kept\\E");
        assertThat(Files.exists(part(), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void aCacheThatCanNotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(cache.resolve("file"));

        try (ImageCache nowhere = new ImageCache(file, LIMIT)) {
            assertThatExceptionOfType(LabUnavailableException.class)
                    .isThrownBy(() -> nowhere.fetch(server.wanted(), Optional.empty(), told::add))
                    .withMessage(
                            "The cache of images %s/images can't be used: FileSystem: %s/images: Not a directory;"
                                    + " taplab.cache names another folder",
                            file, file);
        }
    }

    @Test
    void twoWhoWantItAtTheSameTimeFetchItOnce() {
        CompletableFuture<?>[] fetching = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> fetch(PATIENT, server.wanted()), work -> new Thread(work).start()))
                .limit(4)
                .toArray(CompletableFuture[]::new);

        CompletableFuture.allOf(fetching).join();

        assertThat(server.requests()).containsExactly(ImageServer.WHOLE);
    }

    private GuestImage fetch(Limits limits, Wanted wanted) {
        try (ImageCache images = new ImageCache(cache, LIMIT, limits, folder -> LIMIT.bytes(), () -> 0)) {
            return images.fetch(wanted, Optional.empty(), told::add);
        }
    }

    private ThrowableAssertAlternative<LabUnavailableException> assertUnavailable(Limits limits) {
        return assertThatExceptionOfType(LabUnavailableException.class)
                .isThrownBy(() -> fetch(limits, server.wanted()));
    }

    private Path part() {
        return images.resolve(server.wanted().digest().hex() + ".part");
    }

    private void keepPart(byte[] content) throws IOException {
        Files.createDirectories(images);
        Files.write(part(), content);
    }

    private void assertThatNothingIsKept() {
        assertThat(images).isDirectoryNotContaining(file -> !file.toString().endsWith(".lock"));
    }
}
