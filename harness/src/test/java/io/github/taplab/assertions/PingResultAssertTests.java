package io.github.taplab.assertions;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.node.PingResult;
import io.github.taplab.node.PingResult.IcmpError;
import io.github.taplab.node.PingResult.Outcome;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PingResultAssertTests {

    private static final InetAddress ROUTER = InterfaceIp.ip("198.18.9.1");
    private static final InetAddress OWN = InterfaceIp.ip("198.18.9.4");

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void everyOutcomeHasOneAssertionThatHolds(Outcome outcome) {
        PingResult actual = ping(outcome, "", List.of(new IcmpError(ROUTER, "Destination Host Unreachable")));

        assertThat(holds(() -> assertThat(actual).isAnswered())).isEqualTo(outcome == Outcome.ANSWERED);
        assertThat(holds(() -> assertThat(actual).isSilent())).isEqualTo(outcome == Outcome.SILENT);
        assertThat(holds(() -> assertThat(actual).isUnreachable())).isEqualTo(outcome == Outcome.UNREACHABLE);
        assertThat(holds(() -> assertThat(actual).isUnreachableAccordingTo(ROUTER)))
                .isEqualTo(outcome == Outcome.UNREACHABLE);
        assertThat(holds(() -> assertThat(actual).hadNoRoute())).isEqualTo(outcome == Outcome.NO_ROUTE);
        assertThat(holds(() -> assertThat(actual).isNotAnswered()))
                .isEqualTo(outcome == Outcome.SILENT || outcome == Outcome.UNREACHABLE);
    }

    @Test
    void whatWasNotSentIsNotUnanswered() {
        PingResult actual = new PingResult(
                "guest",
                ROUTER,
                Outcome.NO_ROUTE,
                0,
                0,
                List.of(),
                "PING 198.18.9.1 (198.18.9.1): 56 data bytes\nping: sendto: Network is unreachable\n");

        assertThat(catchThrowable(() -> assertThat(actual).isNotAnswered())).hasMessage("""
                        Ping from guest to 198.18.9.1
                          expected: no reply to requests that were sent
                          found:    no route: 0 replies to 0 requests
                          look at:  PING 198.18.9.1 (198.18.9.1): 56 data bytes
                                    ping: sendto: Network is unreachable""");
    }

    @Test
    void anErrorOfAnotherIsNamed() {
        PingResult actual = ping(
                Outcome.UNREACHABLE,
                "output",
                List.of(
                        new IcmpError(OWN, "Destination Host Unreachable"),
                        new IcmpError(OWN, "Destination Host Unreachable"),
                        new IcmpError(ROUTER, "Packet filtered")));

        for (InetAddress one : List.of(OWN, ROUTER)) {
            assertThat(catchThrowable(() -> assertThat(actual).isUnreachableAccordingTo(one)))
                    .hasMessage("""
                            Ping from client to 198.18.9.99
                              expected: unreachable according to %s
                              found:    unreachable: 0 replies to 3 requests, and "Destination Host Unreachable" from\
                             198.18.9.4 and "Packet filtered" from 198.18.9.1
                              look at:  output""".formatted(InterfaceIp.text(one)));
        }
    }

    @Test
    void ofManyLinesTheFirstAndTheLastAreShown() {
        String output =
                IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).collect(Collectors.joining("\n"));

        assertThat(catchThrowable(() ->
                        assertThat(ping(Outcome.SILENT, output, List.of())).isAnswered()))
                .hasMessageContainingAll("look at:  1\n", " 8\n            … 84 lines …\n            93\n", " 100");
    }

    private static boolean holds(ThrowingCallable assertion) {
        return catchThrowable(assertion) == null;
    }

    private static PingResult ping(Outcome outcome, String output, List<IcmpError> errors) {
        int received = outcome == Outcome.ANSWERED ? 1 : 0;
        return new PingResult("client", InterfaceIp.ip("198.18.9.99"), outcome, 3, received, errors, output);
    }
}
