package io.github.taplab.internal.docker;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.text.Sha256;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Suppressed;
import io.github.taplab.internal.wait.Waiting;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Files that go from one container to another, which may be on another engine: read and written at the same time,
 * through this JVM, which keeps none of them. What has arrived is read once more there, and compared with what was
 * sent.
 */
public final class FilesCopy {

    private static final int BUFFER = 1 << 16;
    // A GiB takes seconds on any disk.
    private static final Duration CHECK = Duration.ofMinutes(5);
    // What one side has been told ends the other one at once.
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final End from;
    private final End to;
    private final Duration deadline;
    private final LongConsumer watch;

    /** A container that has the files, or gets them. */
    interface End {

        String name();

        /** A tar archive of a folder, which is made while it is read. */
        InputStream pack(String folder);

        /** Unpacks one. */
        void unpack(InputStream tar, String folder, Duration deadline);

        /** What {@code sha256sum} says of these files. */
        String sha256(List<String> files);
    }

    private static final class Container implements End {

        private final LeasedContainer container;

        Container(LeasedContainer container) {
            this.container = container;
        }

        @Override
        public String name() {
            return container.name();
        }

        @Override
        public InputStream pack(String folder) {
            return container.pack(folder);
        }

        @Override
        public void unpack(InputStream tar, String folder, Duration deadline) {
            container.unpack(tar, folder, deadline);
        }

        @Override
        public String sha256(List<String> files) {
            List<String> argv = new ArrayList<>(List.of("sha256sum", "--"));
            argv.addAll(files);
            return container.exec(container.name(), CHECK, argv).orThrow().stdout();
        }
    }

    /**
     * A copy that has not begun.
     *
     * @param from which has the files
     * @param to which gets them
     * @param deadline for all that travels
     * @param watch told in its course how many bytes have been read; what it throws ends the copy
     */
    public FilesCopy(LeasedContainer from, LeasedContainer to, Duration deadline, LongConsumer watch) {
        this(new Container(from), new Container(to), deadline, watch);
    }

    FilesCopy(End from, End to, Duration deadline, LongConsumer watch) {
        this.from = from;
        this.to = to;
        this.deadline = deadline;
        this.watch = watch;
    }

    /**
     * Copies.
     *
     * @param source folder of the files; what is in a folder inside it is left out
     * @param target folder that is there
     * @param names what a file is called where it arrives; empty: it stays
     * @return the SHA-256 of each that has arrived, by its name there
     * @throws IllegalStateException if one side breaks off, or what has arrived is something else
     * @throws io.github.taplab.command.DeadlineExceededException if it takes too long
     */
    public Map<String, String> copy(String source, String target, Function<String, Optional<String>> names) {
        Map<String, String> sent = sent(source, target, names);
        if (!sent.isEmpty()) {
            compare(sent, target);
        }
        return sent;
    }

    private Map<String, String> sent(String source, String target, Function<String, Optional<String>> names) {
        InputStream packed = from.pack(source);
        PipedInputStream arriving = new PipedInputStream(BUFFER);
        try {
            PipedOutputStream sink = new PipedOutputStream(arriving);
            CompletableFuture<Map<String, String>> repacking = Beside.begin(
                            "taplab-copy: " + to.name(), () -> repacked(packed, sink, names))
                    .result();
            try {
                unpacked(arriving, target);
            } catch (InterruptedWaitException e) {
                throw e;
            } catch (RuntimeException e) {
                throw withTheOtherSidesWord(e, repacking);
            }
            return Waiting.joined("the files of %s are read".formatted(from.name()), CHECK, repacking);
        } catch (IOException e) {
            throw new UncheckedIOException("No pipe between %s and %s".formatted(from.name(), to.name()), e);
        } finally {
            LeasedContainer.closeBeside(packed);
        }
    }

    // Who does not read any more ends the one that writes.
    private void unpacked(InputStream arriving, String target) throws IOException {
        try (arriving) {
            to.unpack(arriving, target, deadline);
        }
    }

    // Who sends may be why what arrives is no archive.
    private static RuntimeException withTheOtherSidesWord(
            RuntimeException failure, CompletableFuture<Map<String, String>> sending) {
        try {
            Waiting.joined("the other side says what it has seen", LAST_WORD, sending);
        } catch (BrokenPipe | DeadlineExceededException nothing) {
            return failure;
        } catch (InterruptedWaitException e) {
            return e;
        } catch (RuntimeException e) {
            Suppressed.add(e, failure);
            return e;
        }
        return failure;
    }

    private Map<String, String> repacked(
            InputStream packed, OutputStream sink, Function<String, Optional<String>> names) {
        Map<String, String> sent = new TreeMap<>();
        try (Archive archive = new Archive(new Sink(sink));
                TarArchiveInputStream tar = new TarArchiveInputStream(new Watched(packed, watch))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Optional<String> name = name(entry).flatMap(names);
                if (name.isPresent()) {
                    MessageDigest digest = Sha256.begin();
                    archive.addLike(entry, name.get(), new DigestInputStream(tar, digest));
                    sent.put(name.get(), HexFormat.of().formatHex(digest.digest()));
                }
            }
            return sent;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The files of container %s break off: %s".formatted(from.name(), e.getMessage()), e);
        }
    }

    /** Of a file that is right in the folder. */
    private static Optional<String> name(TarArchiveEntry entry) {
        // The folder's own name comes first, whatever it is called.
        String[] path = entry.getName().split("/", -1);
        boolean plain = !entry.isDirectory() && !entry.isSymbolicLink() && !entry.isLink();
        return plain && path.length == 2 ? Optional.of(path[1]) : Optional.empty();
    }

    private void compare(Map<String, String> sent, String target) {
        Map<String, String> arrived = to.sha256(
                        sent.keySet().stream().map(name -> target + "/" + name).toList())
                .lines()
                .map(line -> line.split(" +", 2))
                .collect(Collectors.toMap(line -> line[1].substring(target.length() + 1), line -> line[0]));
        sent.forEach((name, digest) -> {
            if (!digest.equals(arrived.get(name))) {
                throw new IllegalStateException("%s did not arrive as it was in %s:%n  expected: %s%n  found:    %s"
                        .formatted(name, to.name(), digest, arrived.get(name)));
            }
        });
    }

    /** Tells how far it has come. */
    private static final class Watched extends FilterInputStream {

        private final LongConsumer watch;
        private long bytes;

        Watched(InputStream in, LongConsumer watch) {
            super(in);
            this.watch = watch;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            told(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            told(Math.max(0, read));
            return read;
        }

        private void told(int more) {
            bytes += more;
            watch.accept(bytes);
        }
    }

    /** Tells a pipe that nobody reads any more from a source that breaks off. */
    private static final class Sink extends OutputStream {

        private final OutputStream pipe;

        Sink(OutputStream pipe) {
            this.pipe = pipe;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            try {
                pipe.write(buffer, offset, length);
            } catch (IOException e) {
                throw new BrokenPipe(e);
            }
        }

        @Override
        public void close() throws IOException {
            pipe.close();
        }
    }

    /** The other side takes nothing any more, and says itself why. */
    private static final class BrokenPipe extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BrokenPipe(IOException cause) {
            super(cause);
        }
    }
}
