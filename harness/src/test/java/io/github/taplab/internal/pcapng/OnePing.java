package io.github.taplab.internal.pcapng;

import io.github.taplab.internal.ring.RingFrame;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** What a lab records of a question by ARP, and of a ping that its guest answers. */
final class OnePing {

    static final Instant BEGIN = Instant.parse("2026-11-28T21:18:35.000000123Z");

    private static final String REQUEST =
            "ffffffffffff 02c112090004 0806 0001 0800 06 04 0001" + " 02c112090004 c6120904 000000000000 c6120905";
    private static final String PING = "029e00000005 02c112090004 0800 45 00 001d 0000 4000 40 01 a56c"
            + " c6120904 c6120905 0800 f6ff 0001 0000 61";

    static final List<RingFrame> FRAMES = List.of(
            frame(0, "client", "eth0", true, REQUEST),
            frame(40_000, "launcher", "eth0", false, REQUEST),
            frame(41_000, "launcher", "macvtap0", false, REQUEST),
            frame(2_000_000, "client", "eth0", true, PING),
            frame(2_030_000, "launcher", "eth0", false, PING));

    private OnePing() {}

    static RingFrame frame(long nanoseconds, String node, String link, boolean outgoing, String octets) {
        byte[] bytes = HexFormat.of().parseHex(octets.replace(" ", ""));
        return new RingFrame(BEGIN.plusNanos(nanoseconds), node, link, outgoing, bytes, bytes.length);
    }

    static Comment comment(long nanoseconds, String text) {
        return new Comment(BEGIN.plusNanos(nanoseconds), text);
    }
}
