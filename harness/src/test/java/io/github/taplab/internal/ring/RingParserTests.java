package io.github.taplab.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingParserTests {

    private static final int FIRST_FRAME = 44;

    @Test
    void whatARecorderWroteIsRead() throws MalformedRingException {
        byte[] cut = HexFormat.of().parseHex("029e1209000502c11209000488b5" + "7a".repeat(498));

        List<RingFrame> frames = RingParser.frames("launcher", Answers.RECORDED);

        assertThat(frames)
                .containsExactly(
                        new RingFrame(
                                at("21:33:02.851893763"),
                                "launcher",
                                "macvtap0",
                                false,
                                HexFormat.of().parseHex("029e1209000502c1120900048100000788b5746167676564"),
                                24),
                        new RingFrame(at("21:33:02.851921569"), "launcher", "eth0", true, cut, 544),
                        new RingFrame(at("21:33:02.851922232"), "launcher", "macvtap0", false, cut, 544));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-28T%sZ".formatted(time));
    }

    @Test
    void itsFirstLineIsRead() throws MalformedRingException {
        assertThat(AnswerLine.parse(Answers.RECORDED_LINE))
                .isEqualTo(new AnswerLine(at("21:33:02.852176870"), 4, 0, 0, Instant.EPOCH, Answers.RECORDED.length));
    }

    @ParameterizedTest
    @CsvSource({"0, 6", "4, 6", "5, 5", "10, 0", "9223372036854775807, 0"})
    void howManyFramesFollowIsKnown(long from, int expected) throws MalformedRingException {
        assertThat(AnswerLine.parse("frames 1 10 4 0 0 0").frames(from)).isEqualTo(expected);
    }

    @Test
    void noFramesAreNone() throws MalformedRingException {
        assertThat(RingParser.frames("client", new byte[4])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3    | At byte 0 of 3: the number of interfaces is cut off
            43   | At byte 4 of 43: 2 interfaces are cut off
            63   | At byte 44 of 63: a frame's header is cut off
            64   | At byte 64 of 64: a frame of 24 bytes is cut off
            1151 | At byte 640 of 1151: a frame of 512 bytes is cut off
            """)
    void whatIsCutOffIsSaid(int length, String message) {
        assertThatThrownBy(() -> RingParser.frames("client", Arrays.copyOf(Answers.RECORDED, length)))
                .isInstanceOf(MalformedRingException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | ff | At byte 4 of 1152: 4278190082 interfaces are cut off
            44 | ff | At byte 64 of 1152: what should be a frame's header is none
            55 | 09 | At byte 64 of 1152: a frame of interface 9, which has no name
            59 | 17 | At byte 64 of 1152: what should be a frame's header is none
            56 | 80 | At byte 64 of 1152: what should be a frame's header is none
            62 | 02 | At byte 64 of 1152: what should be a frame's header is none
            63 | 01 | At byte 64 of 1152: what should be a frame's header is none
            """)
    void whatCantBeIsSaid(int place, String value, String message) {
        byte[] changed = Answers.RECORDED.clone();
        changed[place] = (byte) Integer.parseInt(value, 16);

        assertThatThrownBy(() -> RingParser.frames("client", changed))
                .isInstanceOf(MalformedRingException.class)
                .hasMessage(message);
    }

    @Test
    void aNameMayTakeAllItsRoom() throws MalformedRingException {
        byte[] changed = Answers.RECORDED.clone();
        Arrays.fill(changed, 28, FIRST_FRAME, (byte) 'x');

        assertThat(RingParser.frames("client", changed).get(0).link()).isEqualTo("x".repeat(16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frames 1 2 3 4 5",
                "frames 1 2 3 4 5 6 7",
                "frames -1 4 0 0 0 0",
                "frames 9999999999999999999 4 0 0 0 0",
                "frames 1 4 0 0 9999999999999999999 0",
                "frames 1 4 0 0 0 1000000000",
                "recorder: AF_PACKET: Operation not permitted"
            })
    void whatIsNoFirstLineIsQuoted(String line) {
        assertThatThrownBy(() -> AnswerLine.parse(line))
                .isInstanceOf(MalformedRingException.class)
                .hasMessage("It is no answer: \"%s\"", line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frames 1 4 5 0 0 0", "frames 1 4 0 0 0 16777217"})
    void whatCantBeTrueIsQuoted(String line) {
        assertThatThrownBy(() -> AnswerLine.parse(line))
                .isInstanceOf(MalformedRingException.class)
                .hasMessage("It can't be true: \"%s\"", line);
    }
}
