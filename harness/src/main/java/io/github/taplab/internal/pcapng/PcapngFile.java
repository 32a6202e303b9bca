package io.github.taplab.internal.pcapng;

import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.internal.text.Visible;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Writes a lab's frames as one file (draft-ietf-opsawg-pcapng): a pure function from values to bytes. */
public final class PcapngFile {

    private static final int SECTION_HEADER = 0x0a0d_0d0a;
    private static final int BYTE_ORDER = 0x1a2b_3c4d;
    private static final int UNKNOWN_LENGTH = -1;
    private static final int APPLICATION = 4;

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ETHERNET = 1;
    private static final int INTERFACE_NAME = 2;
    private static final int TIMESTAMP_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;

    private static final int ENHANCED_PACKET = 6;
    private static final int FLAGS = 2;
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;

    private static final long NANOSECONDS_OF_A_SECOND = 1_000_000_000;
    // Wireshark's own bound of a packet, and more than the name of any interface needs.
    private static final int LONGEST = 256 * 1024;
    private static final int LONGEST_NAME = 100;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    private PcapngFile() {}

    /**
     * The whole file: one interface for each port that has frames, the frames in the order of their time, and each
     * comment on the first frame at or after it. Comments that come after the last frame are there, and say so; without
     * any frame the file itself has them.
     *
     * @param application that writes it, such as {@code Taplab}
     */
    public static byte[] of(String application, List<RingFrame> frames, List<Comment> comments) {
        PcapngFile written = new PcapngFile();
        List<RingFrame> inOrder =
                frames.stream().sorted(Comparator.comparing(RingFrame::at)).toList();
        List<String> interfaces = inOrder.stream()
                .map(PcapngFile::interfaceName)
                .sorted()
                .distinct()
                .toList();
        PlacedComments placed = PlacedComments.of(comments, inOrder);
        written.section(application, placed.ofTheFile());
        // tcpdump refuses a file whose interfaces say different lengths.
        int snapLength = inOrder.stream().mapToInt(PcapngFile::recorded).max().orElse(0);
        interfaces.forEach(name -> written.describe(name, snapLength));
        for (int i = 0; i < inOrder.size(); i++) {
            RingFrame frame = inOrder.get(i);
            written.packet(interfaces.indexOf(interfaceName(frame)), frame, placed.on(i));
        }
        return written.file.toByteArray();
    }

    private static String interfaceName(RingFrame frame) {
        return Visible.beginning(Visible.of(frame.node() + "/" + frame.link()), LONGEST_NAME);
    }

    private static int recorded(RingFrame frame) {
        return Math.min(LONGEST, frame.bytes().length);
    }

    private void section(String application, List<String> comments) {
        Block block = new Block(SECTION_HEADER).number32(BYTE_ORDER).number16(1).number16(0);
        block.number32(UNKNOWN_LENGTH).number32(UNKNOWN_LENGTH).option(APPLICATION, application);
        comments.forEach(comment -> block.option(Block.COMMENT, comment));
        block.writeTo(file);
    }

    private void describe(String name, int snapLength) {
        new Block(INTERFACE_DESCRIPTION)
                .number16(ETHERNET)
                .number16(0)
                .number32(snapLength)
                .option(INTERFACE_NAME, name)
                .option(TIMESTAMP_RESOLUTION, NANOSECONDS)
                .writeTo(file);
    }

    private void packet(int interfaceNumber, RingFrame frame, List<String> comments) {
        long time = nanoseconds(frame.at());
        int recorded = recorded(frame);
        Block block = new Block(ENHANCED_PACKET)
                .number32(interfaceNumber)
                .number32((int) (time >>> 32))
                .number32((int) time)
                .number32(recorded)
                .number32(Math.max(recorded, frame.length()))
                .octets(Arrays.copyOf(frame.bytes(), recorded));
        comments.forEach(comment -> block.option(Block.COMMENT, comment));
        block.option(FLAGS, (byte) (frame.outgoing() ? OUTBOUND : INBOUND), (byte) 0, (byte) 0, (byte) 0)
                .writeTo(file);
    }

    /** As an unsigned number, which lasts until the year 2554; before 1970 the format knows no time. */
    private static long nanoseconds(Instant at) {
        return at.getEpochSecond() < 0 ? 0 : at.getEpochSecond() * NANOSECONDS_OF_A_SECOND + at.getNano();
    }
}
