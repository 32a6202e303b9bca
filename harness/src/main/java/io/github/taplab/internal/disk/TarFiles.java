package io.github.taplab.internal.disk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small files as the archive in which an engine takes them. */
final class TarFiles {

    // They may hold passwords.
    private static final int FOR_ROOT_ONLY = 0100600;

    private TarFiles() {}

    /**
     * The archive of some files.
     *
     * @param folder before their names, with a slash at its end
     */
    static InputStream of(String folder, Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(folder + file.getKey());
                entry.setSize(content.length);
                entry.setMode(FOR_ROOT_ONLY);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing an archive to memory failed", e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
