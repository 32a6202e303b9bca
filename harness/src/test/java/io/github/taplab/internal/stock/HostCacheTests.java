package io.github.taplab.internal.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.guestimage.ImageCache;
import io.github.taplab.internal.stock.Item.Status;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCacheTests {

    private static final String DIGITS = "0123456789abcdef".repeat(4);
    private static final Instant NOW = Instant.parse("2026-11-29T04:00:00Z");

    private final Path folder;
    private final HostCache cache;

    HostCacheTests(@TempDir Path parent) {
        folder = parent.resolve("cache");
        cache = new HostCache(folder, new ImageCache(folder, ByteSize.parse("20G")));
    }

    private Path file(String name, Duration age) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "12345");
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    @Test
    void aFolderThatIsNotThereHasNothingAndIsNotMade() {
        assertThat(cache.items(NOW)).isEmpty();
        assertThat(folder).doesNotExist();
    }

    @Test
    void filesOfOneKindAreOneItem() throws IOException {
        file("green/1.json", Duration.ofDays(9));
        file("green/2.json", Duration.ofDays(2));
        file("logs/build-lab.log", Duration.ofDays(1));
        file("kvm-1-2", Duration.ofDays(1));
        file("taplab-lab-1.lock", Duration.ofDays(1));

        List<Item> items = cache.items(NOW);

        assertThat(items)
                .extracting(item -> item.name().replace(folder.toString(), ""))
                .containsExactly(
                        "what tests saw in their last green run (/green, 2 files)",
                        "logs of builds that failed (/logs, 1 files)",
                        "that KVM works (, 1 files)");
        assertThat(items.get(0).size()).contains(new ByteSize(10));
        assertThat(items.get(0).since()).contains(NOW.minus(Duration.ofDays(2)));
        assertThat(items).allMatch(item -> item.status() == Status.CURRENT);
    }

    @Test
    void aFetchedImageIsInUseAsLongAsAJvmSaysSo() throws IOException {
        Path image = file("images/" + DIGITS, Duration.ofDays(3));
        assertThat(cache.items(NOW)).singleElement().satisfies(item -> {
            assertThat(item.name()).isEqualTo(image.toString());
            assertThat(item.status()).isEqualTo(Status.CURRENT);
        });

        Path mark = folder.resolve("images/" + DIGITS + ".use.other.1");
        try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(cache.items(NOW)).extracting(Item::status).containsExactly(Status.IN_USE);
            assertThat(cache.remove(image)).isFalse();
            assertThat(image).exists();
        }
        assertThat(cache.remove(image)).isTrue();
        assertThat(image).doesNotExist();
    }

    @Test
    void whatGrowsIsBeingFetched() throws IOException {
        Path part = file("images/" + DIGITS + ".part", Duration.ofMinutes(59));
        assertThat(cache.items(NOW)).singleElement().satisfies(item -> {
            assertThat(item.name()).isEqualTo(part + " (not whole)");
            assertThat(item.status()).isEqualTo(Status.IN_USE);
        });

        file("images/" + DIGITS + ".part", Duration.ofMinutes(61));
        assertThat(cache.items(NOW)).extracting(Item::status).containsExactly(Status.CURRENT);
    }
}
