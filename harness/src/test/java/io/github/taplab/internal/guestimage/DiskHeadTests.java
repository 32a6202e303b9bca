package io.github.taplab.internal.guestimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.taplab.internal.guestimage.DiskFile.Format;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskHeadTests {

    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void qcow2SaysHowLargeItsDiskIs(int version) {
        assertThat(DiskHead.read("a", qcow2(version).array(), 200_000)).isEqualTo(new DiskFile(Format.QCOW2, 3 * GIB));
        assertThat(Format.QCOW2.qemuName()).isEqualTo("qcow2");
    }

    @Test
    void aBootSectorMakesARawDisk() {
        assertThat(DiskHead.read("a", bootSector(), 2 * GIB)).isEqualTo(new DiskFile(Format.RAW, 2 * GIB));
    }

    @Test
    void aFileIsReadAsFarAsNeeded(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("disk"), Arrays.copyOf(bootSector(), 512 * 1024));

        assertThat(DiskFile.of("a", file)).isEqualTo(new DiskFile(Format.RAW, 512 * 1024));
    }

    @Test
    void aBackingFileIsRefused() {
        assertRefused(qcow2(3).putLong(8, 600).array(), GIB)
                .isEqualTo("debian-12 is not taken: it is a qcow2 image with a backing file;"
                        + " qemu-img convert -O qcow2 puts both into one file");
    }

    @Test
    void dataInAnotherFileIsRefused() {
        assertRefused(qcow2(3).putLong(72, 4).array(), GIB)
                .isEqualTo("debian-12 is not taken: it is a qcow2 image with its data in another file;"
                        + " qemu-img convert -O qcow2 puts both into one file");
        // In version 2 these bytes are no flags.
        assertThat(DiskHead.read("a", qcow2(2).putLong(72, 4).array(), 1).format())
                .isEqualTo(Format.QCOW2);
    }

    @Test
    void whatNoGuestCanReadIsRefused() {
        assertRefused(qcow2(3).putInt(32, 2).array(), GIB)
                .isEqualTo("debian-12 is not taken: it is a qcow2 image that is encrypted");
        assertRefused(qcow2(3).putLong(24, 0).array(), GIB)
                .isEqualTo("debian-12 is not taken: it is a qcow2 image of a disk without a sector");
        assertRefused(qcow2(3).putInt(4, 1).array(), GIB)
                .isEqualTo("debian-12 is not taken: it is a qcow2 image of version 1, must be 2 or 3");
    }

    @ParameterizedTest
    @CsvSource({"4, 2", "71, 2", "103, 3"})
    void aQcow2ThatEndsInItsHeaderIsRefused(int length, int version) {
        byte[] cut = Arrays.copyOf(qcow2(version).array(), length);

        assertRefused(cut, length)
                .isEqualTo("debian-12 is no disk image: it is the beginning of a qcow2 image, " + length + " bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "1f8b0800, a gzip archive; unpack it first",
        "fd377a585a00, an xz archive; unpack it first",
        "504b0304, a zip archive; unpack it first",
        "425a6839, a bzip2 archive; unpack it first",
        "28b52ffd, a zstd archive; unpack it first",
        "4b444d56, a VMDK image; qemu-img convert -O qcow2 makes one of it",
        "3c3c3c204f7261636c65, a VDI image; qemu-img convert -O qcow2 makes one of it",
        "7668647866696c65, a VHDX image; qemu-img convert -O qcow2 makes one of it",
        "636f6e6563746978, a VHD image; qemu-img convert -O qcow2 makes one of it"
    })
    void otherFormatsAreCalledByTheirNames(String magic, String look) {
        byte[] start = HexFormat.of().parseHex(magic);
        byte[] head = Arrays.copyOf(start, DiskHead.LENGTH);

        assertRefused(head, GIB).isEqualTo("debian-12 is no disk image: it looks like " + look);
    }

    @ParameterizedTest
    @CsvSource({
        "257, ustar, a tar archive; unpack it first",
        "514, HdrS, a Linux kernel",
        "32769, CD001, an ISO image that no disk boots from"
    })
    void someSayLaterWhatTheyAre(int offset, String magic, String look) {
        byte[] head = new byte[DiskHead.LENGTH];
        System.arraycopy(magic.getBytes(StandardCharsets.US_ASCII), 0, head, offset, magic.length());

        assertRefused(head, GIB).isEqualTo("debian-12 is no disk image: it looks like " + look);
    }

    @Test
    void anIsoImageThatADiskBootsFromIsARawDisk() {
        byte[] hybrid = Arrays.copyOf(bootSector(), DiskHead.LENGTH);
        System.arraycopy("CD001".getBytes(StandardCharsets.US_ASCII), 0, hybrid, 32769, 5);

        assertThat(DiskHead.read("a", hybrid, GIB).format()).isEqualTo(Format.RAW);
    }

    @ParameterizedTest
    @CsvSource({
        "'<!DOCTYPE html><html>', an HTML page",
        "'\n <html lang=\"en\">', an HTML page",
        "'\u00ef\u00bb\u00bf<HTML>', an HTML page",
        "'404 page not found\n', a text",
        "'# Disk DescriptorFile\nversion=1', a VMDK image; qemu-img convert -O qcow2 makes one of it"
    })
    void pagesAndTextsAreNoDisks(String text, String look) {
        assertRefused(text.getBytes(StandardCharsets.ISO_8859_1), text.length())
                .isEqualTo("debian-12 is no disk image: it looks like " + look);
    }

    @Test
    void saysWhatIsMissing() {
        assertRefused(new byte[0], 0).isEqualTo("debian-12 is no disk image: it is empty");
        assertRefused(new byte[1024], 1024)
                .isEqualTo("debian-12 is no disk image: it has neither qcow2's magic number nor a boot sector");
        assertRefused(bootSector(), 1000)
                .isEqualTo(
                        "debian-12 is no disk image: it has a boot sector, but 1000 bytes are no whole sectors of 512:"
                                + " it may be cut off");
    }

    private static ByteBuffer qcow2(int version) {
        return ByteBuffer.allocate(DiskHead.LENGTH)
                .putInt(0, 0x514649fb)
                .putInt(4, version)
                .putLong(24, 3 * GIB);
    }

    private static byte[] bootSector() {
        byte[] head = new byte[1024];
        head[510] = 0x55;
        head[511] = (byte) 0xaa;
        return head;
    }

    private static AbstractStringAssert<?> assertRefused(byte[] head, long size) {
        return assertThat(catchThrowableOfType(WrongImageException.class, () -> DiskHead.read("debian-12", head, size))
                .getMessage());
    }
}
