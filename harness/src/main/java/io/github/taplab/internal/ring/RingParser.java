package io.github.taplab.internal.ring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what follows the first line of a recorder's answer ({@code images/lab/recorder.c}): a pure function. */
final class RingParser {

    private static final int NAME = 16;
    private static final int INTERFACE = Integer.BYTES + NAME;
    private static final int RECORD = 20;

    private RingParser() {}

    /**
     * The frames in it.
     *
     * @param node whose they are
     */
    static List<RingFrame> frames(String node, byte[] answer) throws MalformedRingException {
        ByteBuffer in = ByteBuffer.wrap(answer);
        Map<Integer, String> links = links(in);
        List<RingFrame> frames = new ArrayList<>();
        while (in.hasRemaining()) {
            frames.add(frame(node, links, in));
        }
        return frames;
    }

    private static Map<Integer, String> links(ByteBuffer in) throws MalformedRingException {
        require(in.remaining() >= Integer.BYTES, in, "the number of interfaces is cut off");
        long count = Integer.toUnsignedLong(in.getInt());
        require(count <= in.remaining() / INTERFACE, in, "%d interfaces are cut off".formatted(count));
        Map<Integer, String> links = new HashMap<>();
        for (long i = 0; i < count; i++) {
            int index = in.getInt();
            byte[] name = new byte[NAME];
            in.get(name);
            links.put(index, text(name));
        }
        return links;
    }

    private static String text(byte[] name) {
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.UTF_8);
    }

    private static RingFrame frame(String node, Map<Integer, String> links, ByteBuffer in)
            throws MalformedRingException {
        require(in.remaining() >= RECORD, in, "a frame's header is cut off");
        long when = in.getLong();
        int index = in.getInt();
        int length = in.getInt();
        int kept = Short.toUnsignedInt(in.getShort());
        int outgoing = in.get();
        int nothing = in.get();
        String link = links.get(index);
        if (link == null) {
            throw malformed(in, "a frame of interface %d, which has no name".formatted(index));
        }
        require(
                when >= 0 && kept <= length && (outgoing == 0 || outgoing == 1) && nothing == 0,
                in,
                "what should be a frame's header is none");
        require(kept <= in.remaining(), in, "a frame of %d bytes is cut off".formatted(kept));
        byte[] bytes = new byte[kept];
        in.get(bytes);
        return new RingFrame(Instant.ofEpochSecond(0, when), node, link, outgoing == 1, bytes, length);
    }

    private static void require(boolean holds, ByteBuffer in, String otherwise) throws MalformedRingException {
        if (!holds) {
            throw malformed(in, otherwise);
        }
    }

    private static MalformedRingException malformed(ByteBuffer in, String what) {
        return new MalformedRingException("At byte %d of %d: %s".formatted(in.position(), in.limit(), what));
    }
}
