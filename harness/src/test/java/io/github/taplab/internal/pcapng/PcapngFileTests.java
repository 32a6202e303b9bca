package io.github.taplab.internal.pcapng;

import static io.github.taplab.internal.pcapng.OnePing.comment;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.ring.RingFrame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PcapngFileTests {

    private static final List<Comment> STEPS =
            List.of(comment(-5, "client: whoHas(198.18.9.5)"), comment(1_000_000, "client: ping(198.18.9.5)"));

    @Test
    void aQuestionAndAPing() throws IOException {
        byte[] file = PcapngFile.of("Taplab", OnePing.FRAMES, STEPS);

        assertThat(dump(file)).isEqualTo(golden("one-ping.txt"));
    }

    @Test
    void framesAreInTheOrderOfTheirTime() {
        List<RingFrame> reversed = new ArrayList<>(OnePing.FRAMES);
        Collections.reverse(reversed);

        assertThat(PcapngFile.of("Taplab", reversed, STEPS)).isEqualTo(PcapngFile.of("Taplab", OnePing.FRAMES, STEPS));
    }

    @Test
    void aCommentIsOnTheFirstFrameAtOrAfterIt() {
        assertThat(comments(
                        comment(0, "first"),
                        comment(1, "second"),
                        comment(40_000, "third"),
                        comment(40_001, "fourth"),
                        comment(2_000_001, "fifth")))
                .isEqualTo(Map.of(
                        0, List.of("first"),
                        1, List.of("second", "third"),
                        2, List.of("fourth"),
                        4, List.of("fifth")));
    }

    @Test
    void aCommentAfterTheLastFrameSaysSo() {
        assertThat(comments(comment(2_030_001, "down"))).isEqualTo(Map.of(4, List.of("after this frame: down")));
    }

    @Test
    void withoutAnyFrameTheFileHasTheComments() {
        ReadPcapng file = ReadPcapng.of(PcapngFile.of("Taplab", List.of(), STEPS));

        assertThat(file.blocks()).hasSize(1);
        assertThat(file.section().texts(1)).containsExactly("client: whoHas(198.18.9.5)", "client: ping(198.18.9.5)");
    }

    @Test
    void aLongCommentIsCut() {
        assertThat(comments(comment(0, "ü".repeat(10_000))).get(0))
                .singleElement()
                .asString()
                .endsWith("ü…")
                .satisfies(text ->
                        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(298, 300));
    }

    @Test
    void ofVeryManyCommentsOnOneFrameTheRestIsCounted() {
        Comment[] loop = LongStream.range(0, 1000)
                .mapToObj(i -> comment(i - 1000, "step " + i))
                .toArray(Comment[]::new);

        assertThat(comments(loop).get(0)).hasSize(50).endsWith("step 48", "and 951 more until this frame");
    }

    @Test
    void aCommentIsOneLineOfWhatCanBeSeen() {
        assertThat(comments(comment(0, "a\nb\u001b[31m\ud800"))).isEqualTo(Map.of(0, List.of("a␊b␛[31m\\ud800")));
    }

    @Test
    void aFrameThatWasCutSaysHowLongItWas() {
        RingFrame cut = new RingFrame(OnePing.BEGIN, "client", "eth0", true, new byte[61], 1514);
        ReadPcapng.Part packet = ReadPcapng.of(PcapngFile.of("Taplab", List.of(cut), List.of()))
                .packets()
                .get(0);

        assertThat(packet.fields().getInt(12)).isEqualTo(61);
        assertThat(packet.fields().getInt(16)).isEqualTo(1514);
    }

    @Test
    void timesAreWholeNanoseconds() {
        Instant far = Instant.parse("2500-01-01T00:00:00.123456789Z");
        RingFrame frame = new RingFrame(far, "client", "eth0", true, new byte[14], 14);
        ReadPcapng.Part packet = ReadPcapng.of(PcapngFile.of("Taplab", List.of(frame), List.of()))
                .packets()
                .get(0);

        long time = (long) packet.fields().getInt(4) << 32
                | Integer.toUnsignedLong(packet.fields().getInt(8));
        assertThat(Long.toUnsignedString(time)).isEqualTo(far.getEpochSecond() + "123456789");
    }

    private static Map<Integer, List<String>> comments(Comment... comments) {
        return ReadPcapng.of(PcapngFile.of("Taplab", OnePing.FRAMES, List.of(comments)))
                .comments();
    }

    /** As hex editors show it, so that a change can be seen. */
    private static String dump(byte[] file) {
        return String.join(
                "",
                IntStream.iterate(0, at -> at < file.length, at -> at + 16)
                        .mapToObj(at -> "%04x  %s%n"
                                .formatted(
                                        at,
                                        HexFormat.ofDelimiter(" ").formatHex(file, at, Math.min(file.length, at + 16)))
                                .replace("\r", ""))
                        .toList());
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PcapngFileTests.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        }
    }
}
