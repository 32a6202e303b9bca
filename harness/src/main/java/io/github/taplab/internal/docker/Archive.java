package io.github.taplab.internal.docker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A tar archive, the form in which an engine takes files. Equal files make archives that are equal to the byte. */
public final class Archive implements AutoCloseable {

    private final TarArchiveOutputStream tar;

    /** Who may do what with a file. */
    public enum Mode {
        PLAIN(0100644),
        EXECUTABLE(0100755),
        FOR_ROOT_ONLY(0100600);

        private final int bits;

        Mode(int bits) {
            this.bits = bits;
        }
    }

    /** Adds files to an archive. */
    @FunctionalInterface
    public interface Filler {
        void fill(Archive archive) throws IOException;
    }

    /** An archive that is written to a stream while files are added, and closes it. */
    public Archive(OutputStream sink) {
        tar = new TarArchiveOutputStream(sink);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        // An image may have more than the 8 GiB that a plain tar header can say.
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** An archive of small files. */
    public static InputStream of(Filler filler) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Archive archive = new Archive(bytes)) {
            filler.fill(archive);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing an archive to memory failed", e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /**
     * An archive of texts that may hold passwords.
     *
     * @param folder before their names, with a slash at its end; empty: none
     */
    public static InputStream ofTexts(String folder, Map<String, String> texts) {
        return of(archive -> {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                archive.add(
                        folder + text.getKey(),
                        Mode.FOR_ROOT_ONLY,
                        text.getValue().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /**
     * Adds a file.
     *
     * @param path in the archive
     */
    public void add(String path, Mode mode, byte[] content) throws IOException {
        begin(path, mode, content.length);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** The same with the content of a file of this machine. */
    public void add(String path, Mode mode, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            begin(path, mode, Files.size(file));
            content.transferTo(tar);
            tar.closeArchiveEntry();
        }
    }

    /**
     * Adds a file as another archive has it, with its owner and its mode.
     *
     * @param entry of the other archive
     * @param name in this one
     * @param content as much as the entry says
     */
    void addLike(TarArchiveEntry entry, String name, InputStream content) throws IOException {
        TarArchiveEntry like = new TarArchiveEntry(name);
        like.setSize(entry.getSize());
        like.setMode(entry.getMode());
        like.setUserId(entry.getLongUserId());
        like.setGroupId(entry.getLongGroupId());
        tar.putArchiveEntry(like);
        content.transferTo(tar);
        tar.closeArchiveEntry();
    }

    private void begin(String path, Mode mode, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(size);
        entry.setMode(mode.bits);
        // Docker's build cache compares contents, not times.
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
