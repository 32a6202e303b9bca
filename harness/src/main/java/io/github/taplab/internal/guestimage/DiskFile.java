package io.github.taplab.internal.guestimage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A disk as a file.
 *
 * @param format how the file holds it
 * @param virtualBytes the disk's size as the guest sees it
 */
public record DiskFile(Format format, long virtualBytes) {

    /** The formats that are taken. */
    public enum Format {
        QCOW2,
        RAW;

        /** As QEMU and libvirt call it. */
        public String qemuName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Looks at a file's first bytes.
     *
     * @param name of the image, for messages
     * @throws WrongImageException if it is no disk image, or one that Taplab does not take
     */
    static DiskFile of(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DiskHead.read(name, in.readNBytes(DiskHead.LENGTH), Files.size(file));
        }
    }
}
