package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.text.Sha256;
import io.github.taplab.internal.wait.Waiting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What arrives of files, and what is said where they do not. */
@Timeout(60)
class FilesCopyTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] MEMORY = new byte[5 << 20];

    static {
        new Random(4711).nextBytes(MEMORY);
    }

    private final Source source = new Source();
    private final Target target = new Target();

    /** Has the files of a folder called {@code v1}. */
    private static final class Source implements FilesCopy.End {

        private final Map<String, byte[]> files = new TreeMap<>(Map.of("memory", MEMORY, "sizes", new byte[] {'1'}));
        private UnaryOperator<InputStream> line = whole -> whole;

        @Override
        public String name() {
            return "one";
        }

        @Override
        public InputStream pack(String folder) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
                tar.putArchiveEntry(new TarArchiveEntry("v1/"));
                tar.closeArchiveEntry();
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    TarArchiveEntry entry = new TarArchiveEntry("v1/" + file.getKey());
                    entry.setSize(file.getValue().length);
                    entry.setMode(0100640);
                    entry.setIds(7, 8);
                    tar.putArchiveEntry(entry);
                    tar.write(file.getValue());
                    tar.closeArchiveEntry();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return line.apply(new ByteArrayInputStream(bytes.toByteArray()));
        }

        @Override
        public void unpack(InputStream tar, String folder, Duration deadline) {
            throw new AssertionError("nothing is written there");
        }

        @Override
        public String sha256(List<String> paths) {
            throw new AssertionError("nothing has arrived there");
        }
    }

    /** Unpacks as an engine does: an archive that is cut off is an error only in the middle of a file. */
    private static final class Target implements FilesCopy.End {

        private final Map<String, byte[]> files = new TreeMap<>();
        private final List<String> modes = new ArrayList<>();
        private UnaryOperator<byte[]> disk = content -> content;
        private Optional<RuntimeException> failure = Optional.empty();

        @Override
        public String name() {
            return "other";
        }

        @Override
        public InputStream pack(String folder) {
            throw new AssertionError("nothing is read there");
        }

        @Override
        public void unpack(InputStream archive, String folder, Duration deadline) {
            CompletableFuture<Boolean> done = CompletableFuture.supplyAsync(
                    () -> {
                        unpack(archive, folder);
                        return true;
                    },
                    work -> new Thread(work).start());
            Waiting.joined("other unpacks", deadline, done);
        }

        private void unpack(InputStream archive, String folder) {
            try {
                TarArchiveInputStream tar = new TarArchiveInputStream(archive);
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    failure.ifPresent(refusal -> {
                        throw refusal;
                    });
                    files.put(folder + "/" + entry.getName(), disk.apply(tar.readAllBytes()));
                    modes.add("%o %d %d".formatted(entry.getMode(), entry.getLongUserId(), entry.getLongGroupId()));
                }
                archive.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new IllegalStateException("Files can't be put into " + folder + ": " + e.getMessage(), e);
            }
        }

        @Override
        public String sha256(List<String> paths) {
            return paths.stream()
                    .map(path -> "%s  %s%n".formatted(digest(Objects.requireNonNull(files.get(path))), path))
                    .collect(Collectors.joining());
        }
    }

    private static String digest(byte[] content) {
        MessageDigest digest = Sha256.begin();
        return HexFormat.of().formatHex(digest.digest(content));
    }

    private static void ignore(long bytes) {}

    private Map<String, String> copied(LongConsumer watch) {
        return new FilesCopy(source, target, LONG, watch).copy("/from/v1", "/to", Optional::of);
    }

    @Test
    void allArrivesAsItWas() {
        List<Long> told = new ArrayList<>();

        Map<String, String> digests = copied(told::add);

        assertThat(target.files.keySet()).containsExactly("/to/memory", "/to/sizes");
        assertThat(target.files.get("/to/memory")).isEqualTo(MEMORY);
        assertThat(digests).containsEntry("memory", digest(MEMORY)).containsOnlyKeys("memory", "sizes");
        assertThat(target.modes).containsOnly("100640 7 8");
        assertThat(told)
                .isSorted()
                .last()
                .asInstanceOf(InstanceOfAssertFactories.LONG)
                .isGreaterThan(MEMORY.length);
    }

    @Test
    void aFileMayHaveAnotherNameWhereItArrivesOrStay() {
        new FilesCopy(source, target, LONG, FilesCopyTests::ignore)
                .copy("/from/v1", "/to", name -> Optional.of("partial").filter(any -> name.equals("memory")));

        assertThat(target.files.keySet()).containsExactly("/to/partial");
    }

    private static InputStream half(InputStream whole, InputStream then) {
        try {
            return new SequenceInputStream(new ByteArrayInputStream(whole.readNBytes(MEMORY.length / 2)), then);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What does something else instead of being read. */
    private static final class Then extends InputStream {

        private final Callable<Integer> what;

        Then(Callable<Integer> what) {
            this.what = what;
        }

        @Override
        public int read() throws IOException {
            try {
                return what.call();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }
    }

    @Test
    void whatBreaksOffIsSaidByTheSideThatHasSeenIt() {
        source.line = whole -> half(whole, new Then(() -> {
            throw new IOException("Connection reset");
        }));

        assertThatThrownBy(() -> copied(FilesCopyTests::ignore))
                .hasMessage("The files of container one break off: Connection reset");
    }

    /** The end of an answer is no end of an archive. */
    @Test
    void soIsWhatEndsInTheMiddle() {
        source.line = whole -> half(whole, InputStream.nullInputStream());

        assertThatThrownBy(() -> copied(FilesCopyTests::ignore))
                .hasMessageStartingWith("The files of container one break off: ")
                .hasMessageContaining("Truncated");
    }

    @Test
    void whoTakesNothingAnyMoreSaysWhy() {
        target.failure = Optional.of(new IllegalStateException("no space left on device"));

        assertThatThrownBy(() -> copied(FilesCopyTests::ignore)).hasMessage("no space left on device");
    }

    @Test
    void whatIsOtherwiseOnItsDiskIsNotTaken() {
        target.disk = content -> {
            byte[] other = content.clone();
            other[0] ^= 1;
            return other;
        };
        byte[] flipped = MEMORY.clone();
        flipped[0] ^= 1;

        assertThatThrownBy(() -> copied(FilesCopyTests::ignore))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .isEqualToNormalizingNewlines("""
                        memory did not arrive as it was in other:
                          expected: %s
                          found:    %s""".formatted(digest(MEMORY), digest(flipped)));
    }

    @Test
    void neitherIsOneThatIsShorter() {
        target.disk = content -> Arrays.copyOf(content, content.length / 2);

        assertThatThrownBy(() -> copied(FilesCopyTests::ignore))
                .hasMessageStartingWith("memory did not arrive as it was in other:");
    }

    @Test
    void whoIsSilentIsGivenUp() {
        CountDownLatch never = new CountDownLatch(1);
        source.line = whole -> half(whole, new Then(() -> {
            never.await();
            return -1;
        }));

        assertThatThrownBy(() -> new FilesCopy(source, target, Duration.ofMillis(300), FilesCopyTests::ignore)
                        .copy("/from/v1", "/to", Optional::of))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("other unpacks: not within 300 ms");
    }

    @Test
    void whoWatchesCanEndIt() {
        assertThatThrownBy(() -> copied(bytes -> {
                    if (bytes > MEMORY.length / 2) {
                        throw new IllegalStateException("too slow");
                    }
                }))
                .hasMessage("too slow");
        assertThat(target.files).doesNotContainKey("/to/sizes");
    }
}
