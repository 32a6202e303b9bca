package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellFrameTests {

    @Test
    void aFrameMayFollowWhatSomebodyElseWrote() {
        assertThat(ShellFrame.of("[    1.0] noise@taplab:0123abcd:7:out:aGk="))
                .contains(new ShellFrame("0123abcd", 7, "out", "aGk="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@taplab:0123abcd:7:out:aGk=",
                // In the log a character may stand twice; seen: the first of these.
                "@taaplab:708bdac3:9:out:eHh4eHh4",
                "@@taplab:0123abcd:7:out:aGk=",
                "@taplab:0123aabcd::7:oout:aGk==",
            })
    void peopleAreNotShownFrames(String line) {
        assertThat(ShellFrame.without(List.of("before", line, "noise" + line))).containsExactly("before", "noise");
    }

    @Test
    void aDamagedFrameIsNone() {
        assertThat(ShellFrame.of("@taaplab:0123abcd:7:out:aGk=")).isEmpty();
    }
}
