package io.github.taplab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeTests {

    private static final Expected DEAD_LAUNCHER = Expected.red("launcher", "ended|killed");
    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(2));
    private static final List<Part> GREEN =
            List.of(new Part("test", "SUCCESSFUL", "-", ""), new Part("class", "SUCCESSFUL", "-", ""));

    private static Outcome outcome(List<Part> parts) {
        return new Outcome(true, "in the test", parts, SOON, SOON, List.of());
    }

    private static List<Part> red(String exception, String message) {
        return List.of(new Part("test", "FAILED", exception, message), new Part("class", "SUCCESSFUL", "-", ""));
    }

    @Test
    void failureThatSaysWhoAndWhatIsGood() {
        Judgement judgement =
                Judge.of(DEAD_LAUNCHER, outcome(red("IllegalStateException", "Container taplab-1-launcher has ended")));

        assertThat(judgement.isGood()).isTrue();
        assertThat(judgement.words()).isEqualTo("ok");
    }

    @Test
    void greenTestThatCouldNotPassIsAWrongVerdict() {
        assertThat(Judge.of(DEAD_LAUNCHER, outcome(GREEN)).words())
                .isEqualTo("WRONG VERDICT: green, but no test could pass");
    }

    @Test
    void redTestThatShouldHavePassedIsAWrongVerdict() {
        assertThat(Judge.of(Expected.green(), outcome(red("IllegalStateException", "launcher has ended")))
                        .words())
                .isEqualTo("WRONG VERDICT: it should have passed, but test FAILED, IllegalStateException:"
                        + " launcher has ended");
    }

    @Test
    void skippedTestIsAWrongVerdict() {
        assertThat(Judge.of(DEAD_LAUNCHER, outcome(List.of(new Part("class", "SKIPPED", "-", "launcher ended"))))
                        .words())
                .isEqualTo("WRONG VERDICT: neither passed nor failed: class SKIPPED, -: launcher ended");
    }

    @Test
    void whoAndWhatHaveToBeInTheMessage() {
        assertThat(Judge.of(DEAD_LAUNCHER, outcome(red("IllegalStateException", "something has ended")))
                        .words())
                .isEqualTo("WRONG VERDICT: the message does not say \"launcher\": test FAILED, IllegalStateException:"
                        + " something has ended");
        assertThat(Judge.of(DEAD_LAUNCHER, outcome(red("IllegalStateException", "launcher: error")))
                        .words())
                .isEqualTo("WRONG VERDICT: the message does not say \"ended|killed\": test FAILED,"
                        + " IllegalStateException: launcher: error");
    }

    @Test
    void whatExplainsNothingIsAWrongVerdict() {
        assertThat(Judge.of(DEAD_LAUNCHER, outcome(red("RuntimeException", "launcher ended: Domain not found")))
                        .words())
                .startsWith("WRONG VERDICT: \"Domain not found\" explains nothing");
        assertThat(Judge.of(
                                DEAD_LAUNCHER,
                                outcome(red("RuntimeException", "launcher ended: java.lang.NullPointerException")))
                        .wrongVerdict())
                .hasSize(1);
    }

    @Test
    void faultThatIsToldAsOneOfTheNetworkIsAWrongVerdict() {
        assertThat(Judge.of(DEAD_LAUNCHER, outcome(red("AssertionError", "client does not reach launcher, ended")))
                        .words())
                .startsWith("WRONG VERDICT: a fault of the lab is told as one of the network");
    }

    @Test
    void jvmThatEndsWithoutAWordIsAWrongVerdict() {
        assertThat(Judge.of(Expected.green(), outcome(List.of())).words())
                .isEqualTo("WRONG VERDICT: the JVM ended without a verdict");
        assertThat(Judge.of(DEAD_LAUNCHER, outcome(List.of())).words())
                .isEqualTo("WRONG VERDICT: nothing was told to have failed, but no test could pass");
    }

    @Test
    void ofAKilledJvmNothingIsExpectedButItsEnd() {
        assertThat(Judge.of(Expected.untold(Duration.ofSeconds(5)), outcome(List.of()))
                        .isGood())
                .isTrue();
    }

    @Test
    void noVerdictInTimeIsAHangAndNoVerdict() {
        Outcome silent = new Outcome(true, "", List.of(), Optional.empty(), Optional.empty(), List.of());

        assertThat(Judge.of(DEAD_LAUNCHER, silent).words()).isEqualTo("HANG: no verdict within 60 s");
    }

    @Test
    void slowVerdictIsAHangWhateverItSays() {
        Outcome slow = new Outcome(
                true,
                "",
                red("IllegalStateException", "launcher has ended"),
                Optional.of(Duration.ofSeconds(61)),
                SOON,
                List.of());

        assertThat(Judge.of(DEAD_LAUNCHER, slow).words()).isEqualTo("HANG: the verdict took 61 s, more than 60 s");
    }

    @Test
    void jvmThatDoesNotEndIsAHang() {
        Outcome running = new Outcome(true, "", GREEN, SOON, Optional.empty(), List.of());

        assertThat(Judge.of(Expected.green(), running).words())
                .isEqualTo("HANG: the JVM still ran 30 s after the verdict");
    }

    @Test
    void leftoverIsALeakBesideTheRest() {
        Outcome leaking = new Outcome(true, "", GREEN, SOON, SOON, List.of("network taplab-1"));

        assertThat(Judge.of(DEAD_LAUNCHER, leaking).words())
                .isEqualTo("WRONG VERDICT: green, but no test could pass; LEAK: network taplab-1");
    }

    @Test
    void whatWasNotHitShouldPass() {
        Outcome missed = new Outcome(false, "", GREEN, SOON, SOON, List.of());

        assertThat(Judge.of(DEAD_LAUNCHER, missed).isGood()).isTrue();
    }
}
