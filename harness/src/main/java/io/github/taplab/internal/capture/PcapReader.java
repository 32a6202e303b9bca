package io.github.taplab.internal.capture;

import io.github.taplab.capture.Frame;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the pcap format that tcpdump writes (draft-ietf-opsawg-pcap), Ethernet only. */
final class PcapReader {

    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int LONGEST = 256 * 1024;
    private static final int ETHERNET = 1;

    private final DataInputStream in;
    private final Predicate<ByteBuffer> hidden;
    private final ByteOrder order;

    /**
     * Reads the file's header.
     *
     * @param hidden gets each frame's octets and says whether to pass over it
     */
    PcapReader(DataInputStream in, Predicate<ByteBuffer> hidden) throws IOException {
        this.in = in;
        this.hidden = hidden;
        ByteBuffer header = bytes(FILE_HEADER);
        // The writer's byte order shows in the first word.
        order = header.getInt(0) == MICROSECONDS ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        header.order(order);
        if (header.getInt(0) != MICROSECONDS || header.getInt(20) != ETHERNET) {
            throw new IOException("Not a capture of Ethernet frames: magic 0x%08x, link type %d"
                    .formatted(header.getInt(0), header.getInt(20)));
        }
    }

    /**
     * Reads the next frame, past what is too short for one and what is hidden.
     *
     * @throws java.io.EOFException at the end
     */
    Frame next() throws IOException {
        Optional<Frame> frame;
        do {
            frame = packet();
        } while (frame.isEmpty());
        return frame.get();
    }

    private Optional<Frame> packet() throws IOException {
        ByteBuffer header = bytes(PACKET_HEADER).order(order);
        Instant at = Instant.ofEpochSecond(
                Integer.toUnsignedLong(header.getInt(0)), Integer.toUnsignedLong(header.getInt(4)) * 1000);
        int length = header.getInt(8);
        if (length < 0 || length > LONGEST) {
            throw new IOException("A packet of %d bytes: the stream is no capture any more".formatted(length));
        }
        ByteBuffer frame = bytes(length);
        return hidden.test(frame) ? Optional.empty() : FrameParser.parse(at, frame);
    }

    private ByteBuffer bytes(int count) throws IOException {
        byte[] read = new byte[count];
        in.readFully(read);
        return ByteBuffer.wrap(read);
    }
}
