package io.github.taplab.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes from a recorder: frames, or a sentence why not, and nothing else. */
class RingPropertiesTests {

    @Property
    void ofAnyBytes(@ForAll byte[] bytes) {
        isReadOrSaid(bytes);
    }

    @Property(tries = 2_000)
    void ofAnAnswerThatWasChangedAndCut(
            @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 200) Integer> places,
            @ForAll byte value,
            @ForAll @IntRange(min = 0, max = 1200) int length) {
        byte[] bytes = Answers.RECORDED.clone();
        places.forEach(place -> bytes[place] = value);

        isReadOrSaid(Arrays.copyOf(bytes, length));
    }

    private static void isReadOrSaid(byte[] bytes) {
        Throwable thrown = catchThrowable(() -> assertThat(RingParser.frames("client", bytes))
                .allMatch(frame -> frame.length() >= frame.bytes().length));
        if (thrown != null) {
            assertThat(thrown)
                    .isExactlyInstanceOf(MalformedRingException.class)
                    .hasMessageMatching("At byte \\d+ of %d: .*".formatted(bytes.length));
        }
    }

    @Property
    void ofAnyFirstLine(@ForAll("lines") String line) {
        Throwable thrown = catchThrowable(() -> AnswerLine.parse(line));
        if (thrown != null) {
            assertThat(thrown)
                    .isExactlyInstanceOf(MalformedRingException.class)
                    .hasMessageMatching("It (is no answer|can't be true): .*");
        }
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.oneOf(Garbage.text(), Garbage.mutated(Answers.RECORDED_LINE));
    }
}
