package io.github.taplab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.Attachment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTests {

    private static final Optional<Duration> SOON = Optional.of(Duration.ofMillis(1530));
    private static final Result GOOD = result(1, new Judgement(List.of(), List.of(), List.of()));
    private static final Result HANGING = result(2, new Judgement(List.of(), List.of("no verdict"), List.of()));
    private static final Result WRONG = result(3, new Judgement(List.of("green"), List.of(), List.of("network n")));

    private static Result result(int number, Judgement judgement) {
        Round round = new Round(
                number, Kind.QEMU_KILLED, Attachment.DIRECT, Moment.IN_TEST, Duration.ZERO, Way.GUEST, false, true);
        List<Part> parts = List.of(new Part("test", "FAILED", "IllegalStateException", "QEMU of guest: signal 9"));
        return new Result(round, new Outcome(true, "in the test", parts, SOON, SOON, List.of()), judgement);
    }

    @Test
    void lineHasAllOfARound() {
        assertThat(Report.line(GOOD).replaceAll(" +", " "))
                .isEqualTo(" 1 qemu-killed DIRECT warm in the test in the test failed 1.5s 1.5s ok");
        assertThat(Report.line(WRONG)).endsWith("WRONG VERDICT: green; LEAK: network n");
    }

    @Test
    void tableHasARowAKind() {
        assertThat(Report.table(List.of(GOOD, HANGING, WRONG)).replaceAll(" +", " "))
                .contains("qemu-killed 3 3 1.5s 1.5s #2 #3");
    }

    @Test
    void summaryCountsRoundsAndWhatIsLeftOfAll() {
        assertThat(Report.summary(List.of(GOOD), List.of(), 0, 7))
                .isEqualTo("chaos: 1 faults, wrong verdicts: 0, hangs: 0, leaks: 0, seed 7");
        assertThat(Report.summary(List.of(GOOD, HANGING, WRONG), List.of("/dev/tap4"), 1, 7))
                .isEqualTo("chaos: 3 faults, wrong verdicts: 1, hangs: 1, leaks: 2, not judged: 1, seed 7");
    }

    @Test
    void whatWasNotJudgedIsNotGood() {
        assertThat(Report.isGood(List.of(GOOD), List.of(), 0)).isTrue();
        assertThat(Report.isGood(List.of(GOOD), List.of(), 1)).isFalse();
        assertThat(Report.isGood(List.of(GOOD), List.of("/dev/tap4"), 0)).isFalse();
        assertThat(Report.isGood(List.of(GOOD, HANGING), List.of(), 0)).isFalse();
    }

    @Test
    void partIsReadAsItWasWritten() {
        Part part = new Part("test", "FAILED", "IllegalStateException", "two\nlines, and ünicode");

        assertThat(Part.in("a log line " + part.line())).contains(part);
        assertThat(Part.in("chaos: run over")).isEmpty();
    }
}
