package io.github.taplab.assertions;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.node.HttpResult;
import io.github.taplab.node.HttpResult.Outcome;
import java.time.Duration;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpResultAssertTests {

    private static final HttpResult PAGE =
            result(Outcome.ANSWERED, OptionalInt.of(200), "name: www.example.com\nclient: 203.0.113.2\n", "");
    private static final HttpResult NO_PAGE =
            result(Outcome.ANSWERED, OptionalInt.of(404), "", "wget: server returned error");
    private static final HttpResult STALLED =
            result(Outcome.TIMED_OUT, OptionalInt.of(200), "x".repeat(201), "wget: download timed out");

    @Test
    void holdsWhereItIsSo() {
        assertThatCode(() -> assertThat(PAGE).isAnswered().hasStatus(200).says("client: 203.0.113.2"))
                .doesNotThrowAnyException();
        assertThatCode(() -> assertThat(NO_PAGE).hasStatus(404)).doesNotThrowAnyException();
        assertThatCode(() -> assertThat(STALLED).timedOut()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void everyOutcomeHasOneAssertionThatHolds(Outcome outcome) {
        HttpResult actual = result(outcome, OptionalInt.of(200), "", "");

        assertThat(holds(() -> assertThat(actual).isAnswered())).isEqualTo(outcome == Outcome.ANSWERED);
        assertThat(holds(() -> assertThat(actual).hadUnknownName())).isEqualTo(outcome == Outcome.NAME_NOT_RESOLVED);
        assertThat(holds(() -> assertThat(actual).isRefused())).isEqualTo(outcome == Outcome.REFUSED);
        assertThat(holds(() -> assertThat(actual).wasReset())).isEqualTo(outcome == Outcome.RESET);
        assertThat(holds(() -> assertThat(actual).wasBrokenOff())).isEqualTo(outcome == Outcome.BROKEN_OFF);
        assertThat(holds(() -> assertThat(actual).wasProhibited())).isEqualTo(outcome == Outcome.PROHIBITED);
        assertThat(holds(() -> assertThat(actual).timedOut())).isEqualTo(outcome == Outcome.TIMED_OUT);
        assertThat(holds(() -> assertThat(actual).hadNoRoute())).isEqualTo(outcome == Outcome.NO_ROUTE);
    }

    @Test
    void saysWhatCameInstead() {
        assertThat(catchThrowable(() -> assertThat(PAGE).says("client: 198.18.9.5")))
                .hasMessage("""
                        HTTP from guest to http://www.example.com/
                          expected: a body with the line "client: 198.18.9.5"
                          found:    answered with status 200 after 80 ms
                          look at:  body of 42 characters: name: www.example.com
                                    client: 203.0.113.2""");
        assertThat(catchThrowable(() -> assertThat(NO_PAGE).isAnswered())).hasMessage("""
                        HTTP from guest to http://www.example.com/
                          expected: answered with status 200
                          found:    answered with status 404 after 80 ms: wget: server returned error""");
    }

    @Test
    void saysHowFarAnAnswerCame() {
        assertThat(catchThrowable(() -> assertThat(STALLED).isAnswered())).hasMessage("""
                        HTTP from guest to http://www.example.com/
                          expected: answered with status 200
                          found:    timed out in an answer with status 200 after 80 ms: wget: download timed out
                          look at:  body of 201 characters: %s…""".formatted("x".repeat(200)));
    }

    private static boolean holds(ThrowingCallable assertion) {
        return catchThrowable(assertion) == null;
    }

    private static HttpResult result(Outcome outcome, OptionalInt status, String body, String detail) {
        return new HttpResult("guest", "http://www.example.com/", outcome, status, body, Duration.ofMillis(80), detail);
    }
}
