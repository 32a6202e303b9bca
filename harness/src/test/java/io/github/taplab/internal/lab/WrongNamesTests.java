package io.github.taplab.internal.lab;

import static io.github.taplab.WrongUse.nothing;
import static io.github.taplab.WrongUse.wrongUse;

import io.github.taplab.WrongUse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that a lab is asked for and has not. */
class WrongNamesTests {

    static Stream<WrongUse> names() {
        return Stream.of(
                asked("rihgt", "The lab has no guest \"rihgt\", it has [left, right]"),
                asked("", "The lab has no guest \"\", it has [left, right]"),
                asked("a\nb", "The lab has no guest \"a\\nb\", it has [left, right]"),
                asked(nothing(), "The lab has no guest \"null\", it has [left, right]"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void areAnsweredWithThoseThatThereAre(WrongUse use) {
        use.check();
    }

    private static WrongUse asked(String name, String message) {
        return wrongUse("guest: " + name, () -> RunningLab.known("guest", name, List.of("left", "right")), message);
    }
}
