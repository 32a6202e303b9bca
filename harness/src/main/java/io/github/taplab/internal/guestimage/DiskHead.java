package io.github.taplab.internal.guestimage;

import io.github.taplab.internal.guestimage.DiskFile.Format;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The first bytes of a file, which tell a disk image from all else. The numbers of qcow2 are those of QEMU's docs. */
final class DiskHead {

    /** How many bytes are looked at: an ISO image says what it is at 32 KiB. */
    static final int LENGTH = 34 * 1024;

    private static final int SECTOR = 512;
    private static final String UNPACK = "; unpack it first";
    private static final String CONVERT = "; qemu-img convert -O qcow2 makes one of it";

    private static final int VERSION_2_LENGTH = 72;
    private static final int VERSION_3_LENGTH = 104;
    private static final long EXTERNAL_DATA_FILE = 1 << 2;

    private final String name;
    private final ByteBuffer bytes;
    private final long fileSize;

    private DiskHead(String name, byte[] head, long fileSize) {
        this.name = name;
        this.bytes = ByteBuffer.wrap(head);
        this.fileSize = fileSize;
    }

    /**
     * Tells what disk a file holds.
     *
     * @param name of the image, for messages
     * @param head the file's first bytes, {@link #LENGTH} of them or all that there are
     * @throws WrongImageException if it is no disk image, or one that Taplab does not take
     */
    static DiskFile read(String name, byte[] head, long fileSize) {
        return new DiskHead(name, head, fileSize).disk();
    }

    /** What the bytes look like, as far as it is known and no disk. */
    static Optional<String> lookOf(byte[] head) {
        return new DiskHead("", head, head.length).look();
    }

    private DiskFile disk() {
        if (starts("QFI\u00fb")) {
            return new DiskFile(Format.QCOW2, qcow2Size());
        }
        Optional<String> look = look();
        if (look.isPresent()) {
            throw none(look.get());
        }
        if (!hasBootSector()) {
            throw none("it has neither qcow2's magic number nor a boot sector");
        }
        if (fileSize % SECTOR != 0) {
            throw none("it has a boot sector, but %d bytes are no whole sectors of %d: it may be cut off"
                    .formatted(fileSize, SECTOR));
        }
        return new DiskFile(Format.RAW, fileSize);
    }

    private long qcow2Size() {
        if (bytes.limit() < VERSION_2_LENGTH) {
            throw none("it is the beginning of a qcow2 image, %d bytes".formatted(bytes.limit()));
        }
        int version = bytes.getInt(4);
        if (version != 2 && version != 3) {
            throw notTaken("of version %d, must be 2 or 3".formatted(version));
        }
        if (version == 3 && bytes.limit() < VERSION_3_LENGTH) {
            throw none("it is the beginning of a qcow2 image, %d bytes".formatted(bytes.limit()));
        }
        // A file name in an image from elsewhere would have QEMU read whatever it names.
        if (bytes.getLong(8) != 0) {
            throw notTaken("with a backing file; qemu-img convert -O qcow2 puts both into one file");
        }
        if (version == 3 && (bytes.getLong(VERSION_2_LENGTH) & EXTERNAL_DATA_FILE) != 0) {
            throw notTaken("with its data in another file; qemu-img convert -O qcow2 puts both into one file");
        }
        if (bytes.getInt(32) != 0) {
            throw notTaken("that is encrypted");
        }
        long size = bytes.getLong(24);
        if (size <= 0) {
            throw notTaken("of a disk without a sector");
        }
        return size;
    }

    private Optional<String> look() {
        if (bytes.limit() == 0) {
            return Optional.of("it is empty");
        }
        return notADisk().map("it looks like "::concat);
    }

    private Optional<String> notADisk() {
        if (starts("\u001f\u008b")) {
            return Optional.of("a gzip archive" + UNPACK);
        } else if (starts("\u00fd7zXZ\0")) {
            return Optional.of("an xz archive" + UNPACK);
        } else if (starts("PK\u0003\u0004")) {
            return Optional.of("a zip archive" + UNPACK);
        } else if (starts("BZh")) {
            return Optional.of("a bzip2 archive" + UNPACK);
        } else if (starts("(\u00b5/\u00fd")) {
            return Optional.of("a zstd archive" + UNPACK);
        } else if (has(257, "ustar")) {
            return Optional.of("a tar archive" + UNPACK);
        } else if (starts("KDMV") || starts("# Disk DescriptorFile")) {
            return Optional.of("a VMDK image" + CONVERT);
        } else if (starts("<<< ")) {
            return Optional.of("a VDI image" + CONVERT);
        } else if (starts("vhdxfile")) {
            return Optional.of("a VHDX image" + CONVERT);
        } else if (starts("conectix")) {
            return Optional.of("a VHD image" + CONVERT);
        } else if (has(514, "HdrS")) {
            return Optional.of("a Linux kernel");
        } else if (has(32 * 1024 + 1, "CD001") && !hasBootSector()) {
            return Optional.of("an ISO image that no disk boots from");
        }
        return text();
    }

    private Optional<String> text() {
        String start = new String(bytes.array(), 0, Math.min(bytes.limit(), SECTOR), StandardCharsets.ISO_8859_1);
        String first = start.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        if (first.startsWith("<!doctype html") || first.startsWith("<html")) {
            return Optional.of("an HTML page");
        }
        boolean readable =
                !hasBootSector() && start.chars().allMatch(letter -> letter >= ' ' || Character.isWhitespace(letter));
        return readable ? Optional.of("a text") : Optional.empty();
    }

    private boolean hasBootSector() {
        return has(SECTOR - 2, "U\u00aa");
    }

    private boolean starts(String magic) {
        return has(0, magic);
    }

    private boolean has(int offset, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.limit() >= offset + expected.length
                && bytes.slice(offset, expected.length).equals(ByteBuffer.wrap(expected));
    }

    private WrongImageException none(String why) {
        return new WrongImageException("%s is no disk image: %s".formatted(name, why));
    }

    private WrongImageException notTaken(String which) {
        return new WrongImageException("%s is not taken: it is a qcow2 image %s".formatted(name, which));
    }
}
