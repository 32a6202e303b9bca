package io.github.taplab.internal.guestimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.labtests.ForkedJvm;
import io.github.taplab.spec.Digest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs and one cache. */
class SharedImageCacheTests {

    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final String FETCHED = "marker: fetched";
    // Room for one image, not for two.
    private static final ByteSize LIMIT = new ByteSize(ImageServer.SIZE + 1000);

    private final ImageServer server = new ImageServer();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Path cache;

    SharedImageCacheTests(@TempDir Path cache) {
        this.cache = cache;
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void theSecondJvmWaitsForTheFirstAndItsImageStaysUntilItEnds() {
        CountDownLatch rest = new CountDownLatch(1);
        server.next(server.stopAt(100_000, rest));
        try (ForkedJvm first = fork()) {
            first.awaitOutput("fetching disk.raw");
            CompletableFuture<GuestImage> second = CompletableFuture.supplyAsync(() -> fetch(server));
            Waiting.until("the second waits", DEADLINE, () -> told, lines -> !lines.isEmpty());
            assertThat(told).containsExactly("another JVM fetches an image, waiting for it");

            rest.countDown();
            Path image = Waiting.forEvent("the second has it", DEADLINE, second, told::toString)
                    .file();
            first.awaitOutput(FETCHED);
            assertThat(server.requests()).containsExactly(ImageServer.WHOLE);
            assertThat(told).hasSize(1);

            fetchAnother(2);
            assertThat(image).exists();
            assertThat(told.get(1))
                    .isEqualTo(
                            "the cache grows to 512 KiB, over taplab.cache.size = 257 KiB:" + " its images are in use");

            first.kill();
            fetchAnother(3);
            assertThat(image).doesNotExist();
        }
    }

    @Test
    void aKilledJvmGivesTheLockBackAndItsPartIsGoneOnWith() {
        server.next(server.silenceAt(100_000));
        try (ForkedJvm first = fork()) {
            Path part = cache.resolve("images").resolve(server.wanted().digest().hex() + ".part");
            Waiting.until("a part is there", DEADLINE, () -> part.toFile().length(), length -> length == 100_000);
            first.kill();
        }

        assertThat(fetch(server).file()).hasBinaryContent(ImageServer.disk(1));
        assertThat(server.requests()).containsExactly(ImageServer.WHOLE, "bytes=100000-");
        assertThat(told).noneMatch(line -> line.contains("another JVM"));
    }

    private ForkedJvm fork() {
        return ForkedJvm.run(
                Fetching.class,
                Map.of(
                        "TEST_CACHE", cache.toString(),
                        "TEST_URI", server.uri().toString(),
                        "TEST_DIGEST", server.wanted().digest().hex()),
                List.of());
    }

    private GuestImage fetch(ImageServer from) {
        try (ImageCache images = new ImageCache(cache, LIMIT)) {
            return images.fetch(from.wanted(), Optional.empty(), told::add);
        }
    }

    private void fetchAnother(int seed) {
        try (ImageServer other = new ImageServer(ImageServer.disk(seed))) {
            fetch(other);
        }
    }

    /** What the other JVM does: fetches the image and uses it until it is killed. */
    @Disabled
    static class Fetching {

        @Test
        void fetches() throws Exception {
            Map<String, String> environment = System.getenv();
            Wanted wanted = new Wanted(
                    "disk.raw",
                    URI.create(environment.getOrDefault("TEST_URI", "")),
                    Digest.of(environment.getOrDefault("TEST_DIGEST", "")));
            try (ImageCache images = new ImageCache(Path.of(environment.getOrDefault("TEST_CACHE", "")), LIMIT)) {
                images.fetch(wanted, Optional.empty(), System.out::println);
                System.out.println(FETCHED);
                new CountDownLatch(1).await();
            }
        }
    }
}
