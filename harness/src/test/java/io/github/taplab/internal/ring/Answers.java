package io.github.taplab.internal.ring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/** Answers of recorders. */
final class Answers {

    /** What a real one wrote when it was asked for the frames from number 1 on, behind its first line. */
    static final byte[] RECORDED = HexFormat.of()
            .parseHex(("00000002"
                            + "00000003 65746830000000000000000000000000"
                            + "00000002 6d61637674617030 0000000000000000"
                            + "18ec52f97972ea03 00000002 00000018 0018 00 00"
                            + "029e12090005 02c112090004 81000007 88b5 746167676564"
                            + "18ec52f9797356a1 00000003 00000220 0200 01 00"
                            + "029e12090005 02c112090004 88b5" + "7a".repeat(498)
                            + "18ec52f979735938 00000002 00000220 0200 00 00"
                            + "029e12090005 02c112090004 88b5" + "7a".repeat(498))
                    .replace(" ", ""));

    static final String RECORDED_LINE = "frames 1795901582852176870 4 0 0 0 1152";

    private Answers() {}

    /** An answer with a frame for each of these times, all on eth0 and of two bytes. */
    static byte[] answer(Instant clock, long next, long overwritten, long lost, Instant... frames) {
        return answer(clock, new long[] {next, overwritten, lost, nanos(clock)}, frames);
    }

    /** The same with all frames there, but those that were lost until a time. */
    static byte[] answerWithLoss(Instant clock, long lost, Instant until, Instant... frames) {
        return answer(clock, new long[] {frames.length, 0, lost, nanos(until)}, frames);
    }

    private static byte[] answer(Instant clock, long[] numbers, Instant... frames) {
        ByteBuffer bytes = ByteBuffer.allocate(24 + 22 * frames.length);
        bytes.putInt(1).putInt(2).put("eth0".getBytes(StandardCharsets.US_ASCII));
        bytes.position(24);
        for (Instant at : frames) {
            bytes.putLong(nanos(at)).putInt(2).putInt(2).putShort((short) 2).putShort((short) 0);
            bytes.putShort((short) 7);
        }
        String line = "frames %d %d %d %d %d %d\n"
                .formatted(nanos(clock), numbers[0], numbers[1], numbers[2], numbers[3], bytes.array().length);
        ByteBuffer all = ByteBuffer.allocate(line.length() + bytes.array().length);
        return all.put(line.getBytes(StandardCharsets.US_ASCII))
                .put(bytes.array())
                .array();
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }
}
