package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.config.UnderWay.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnderWayTests {

    private static final String ERASE = "\r\u001b[K";

    private final UnderWay lines = new UnderWay(false);
    private final UnderWay inPlace = new UnderWay(true);

    private static long at(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void whatTakesNoTwoSecondsIsNotTold() {
        Part part = lines.begin(() -> "the lab starts", at(1));

        assertThat(lines.at(at(2.9))).isEmpty();
        assertThat(lines.end(part, at(2.95))).isEmpty();
        assertThat(lines.isEmpty()).isTrue();
    }

    @Test
    void whatTakesLongerIsToldEverMoreSeldomAndAtItsEnd() {
        List<String> words = new ArrayList<>(List.of("the lab starts"));
        Part part = lines.begin(() -> words.get(words.size() - 1), at(0));

        List<String> told = new ArrayList<>();
        for (int second = 0; second <= 100; second++) {
            if (second == 20) {
                words.add("the guest boots");
            }
            told.add(lines.at(at(second)));
        }
        told.removeIf(String::isEmpty);
        assertThat(told)
                .containsExactly(
                        "taplab: the lab starts (2 s)%n".formatted(),
                        "taplab: the lab starts (10 s)%n".formatted(),
                        "taplab: the guest boots (30 s)%n".formatted(),
                        "taplab: the guest boots (60 s)%n".formatted(),
                        "taplab: the guest boots (90 s)%n".formatted());
        assertThat(lines.end(part, at(101))).isEqualTo("taplab: the guest boots (101 s): done%n".formatted());
    }

    @Test
    void onATerminalOneLineChangesAndGoes() {
        Part first = inPlace.begin(() -> "the lab starts", at(0));
        assertThat(inPlace.at(at(1))).isEmpty();
        assertThat(inPlace.at(at(2))).isEqualTo(ERASE + "taplab: the lab starts (2 s)");
        assertThat(inPlace.at(at(2.5))).isEmpty();
        Part second = inPlace.begin(() -> "another one", at(2.5));
        assertThat(inPlace.at(at(3))).isEqualTo(ERASE + "taplab: the lab starts (3 s)");
        assertThat(inPlace.at(at(5))).isEqualTo(ERASE + "taplab: the lab starts (5 s), and 1 more");
        assertThat(inPlace.end(first, at(6))).isEqualTo(ERASE + "taplab: another one (3 s)");
        assertThat(inPlace.end(second, at(7))).isEqualTo(ERASE);
    }

    @Test
    void whatStaysIsPrintedAboveIt() {
        assertThat(inPlace.above("taplab: a leak")).isEqualTo("taplab: a leak%n".formatted());

        inPlace.begin(() -> "the lab starts", at(0));
        assertThat(inPlace.at(at(2))).isNotEmpty();
        assertThat(inPlace.above("taplab: a leak"))
                .isEqualTo(ERASE + "taplab: a leak%ntaplab: the lab starts (2 s)".formatted());
    }

    @Test
    void aLineThatATerminalWouldBreakIsCut() {
        inPlace.begin(() -> "x".repeat(100), at(0));

        assertThat(inPlace.at(at(2))).hasSize(ERASE.length() + 79).endsWith("xx…");
    }
}
