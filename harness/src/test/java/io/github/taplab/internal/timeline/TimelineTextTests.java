package io.github.taplab.internal.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.timeline.Event.Phase;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.internal.timeline.Event.TestBegan;
import io.github.taplab.internal.timeline.Event.TestEnded;
import io.github.taplab.internal.timeline.Event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTextTests {

    private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void eachEventHasItsMoment() {
        assertThat(TimelineText.of(List.of(
                        new Step(ZERO.plusMillis(1500), Duration.ofMillis(20), "client", "ping(…)", "silent", false),
                        new Phase(ZERO, Duration.ofMillis(65), "network"),
                        new TestBegan(ZERO.plusMillis(1400), "[id]", "the guest answers"),
                        new TestEnded(ZERO.plusMillis(1600), "[id]", Verdict.FAILED))))
                .isEqualToNormalizingNewlines("""
                            0.000 s  start: network, 65 ms
                            1.400 s  test begins: the guest answers
                            1.500 s  client: ping(…), 20 ms: silent
                            1.600 s  test has failed\
                        """);
    }

    @Test
    void ofALongResultTheBeginning() {
        String lines = IntStream.range(0, 20).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

        assertThat(TimelineText.of(List.of(new Step(ZERO, Duration.ofMillis(20), "guest", "run(dmesg)", lines, true))))
                .contains("guest: run(dmesg), 20 ms, failed: ", "line 7", "… 12 lines more")
                .doesNotContain("line 8");
    }

    @Test
    void noEventsAreNoLines() {
        assertThat(TimelineText.of(List.of())).isEmpty();
    }

    @Test
    void aLoopDoesNotFillTheMemory() {
        Timeline timeline = new Timeline();
        Step step = new Step(ZERO, Duration.ZERO, "client", "ping(…)", "silent", false);
        IntStream.range(0, 10_005).forEach(i -> timeline.add(step));
        timeline.add(new TestEnded(ZERO, "[id]", Verdict.FAILED));

        assertThat(timeline.events()).hasSize(10_001).last().isInstanceOf(TestEnded.class);
        assertThat(timeline.leftOut()).isEqualTo(5);
        assertThat(TimelineText.of(timeline)).endsWith("… 5 steps more, which are not kept");
    }

    @Test
    void aStepIsThatOfTheInnermostTest() {
        Timeline timeline = new Timeline();
        timeline.add(new TestBegan(ZERO, "[factory]", "factory()"));
        timeline.add(step("before"));
        timeline.add(new TestBegan(ZERO, "[dynamic]", "passes"));
        timeline.add(step("inside"));
        timeline.add(new TestEnded(ZERO, "[dynamic]", Verdict.PASSED));
        timeline.add(step("after"));
        timeline.add(new TestEnded(ZERO, "[factory]", Verdict.PASSED));
        timeline.add(step("of nobody"));

        assertThat(timeline.steps("[factory]")).extracting(Step::call).containsExactly("before", "after");
        assertThat(timeline.steps("[dynamic]")).extracting(Step::call).containsExactly("inside");
    }

    private static Step step(String call) {
        return new Step(ZERO, Duration.ZERO, "client", call, "", false);
    }
}
