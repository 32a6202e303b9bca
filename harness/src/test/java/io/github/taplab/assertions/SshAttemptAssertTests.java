package io.github.taplab.assertions;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.node.Neighbour;
import io.github.taplab.node.SshAttempt;
import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SshAttemptAssertTests {

    private static final InetAddress IP = InterfaceIp.ip("198.18.9.5");
    private static final MacAddress CONTAINER = MacAddress.of("02:1a:12:09:00:02");
    private static final MacAddress GUEST = MacAddress.of("02:9e:12:09:00:05");

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void everyOutcomeHasOneAssertionThatHolds(Outcome outcome) {
        SshAttempt actual = attempt(outcome, Optional.of(CONTAINER));

        assertThat(holds(() -> assertThat(actual).isConnected())).isEqualTo(outcome == Outcome.CONNECTED);
        assertThat(holds(() -> assertThat(actual).isRefused())).isEqualTo(outcome == Outcome.REFUSED);
        assertThat(holds(() -> assertThat(actual).isRefusedBy(CONTAINER))).isEqualTo(outcome == Outcome.REFUSED);
        assertThat(holds(() -> assertThat(actual).wasReset())).isEqualTo(outcome == Outcome.RESET);
        assertThat(holds(() -> assertThat(actual).wasBrokenOff())).isEqualTo(outcome == Outcome.BROKEN_OFF);
        assertThat(holds(() -> assertThat(actual).wasProhibited())).isEqualTo(outcome == Outcome.PROHIBITED);
        assertThat(holds(() -> assertThat(actual).timedOut())).isEqualTo(outcome == Outcome.TIMED_OUT);
        assertThat(holds(() -> assertThat(actual).hadNoRoute())).isEqualTo(outcome == Outcome.NO_ROUTE);
        assertThat(holds(() -> assertThat(actual).hadHostKeyMismatch()))
                .isEqualTo(outcome == Outcome.HOST_KEY_MISMATCH);
        assertThat(holds(() -> assertThat(actual).failedAuthentication()))
                .isEqualTo(outcome == Outcome.AUTHENTICATION_FAILED);
    }

    @Test
    void refusedByAnotherSaysBoth() {
        SshAttempt actual = attempt(Outcome.REFUSED, Optional.of(GUEST));

        assertThat(catchThrowable(() -> assertThat(actual).isRefusedBy(CONTAINER)))
                .hasMessage("""
                        SSH from client to guest at 198.18.9.5
                          expected: refused by 02:1a:12:09:00:02
                          found:    refused by 02:9e:12:09:00:05 after 80 ms: words
                          look at:  neighbour entry of 198.18.9.5 on client right afterwards:\
                         [198.18.9.5 dev eth0 lladdr 02:1a:12:09:00:02 REACHABLE]""");
    }

    @Test
    void refusedByNobodyThatWasSeenIsRefusedAndNoMore() {
        SshAttempt actual = attempt(Outcome.REFUSED, Optional.empty());

        assertThat(holds(() -> assertThat(actual).isRefused())).isTrue();
        assertThat(catchThrowable(() -> assertThat(actual).isRefusedBy(CONTAINER)))
                .hasMessageContaining("expected: refused by 02:1a:12:09:00:02")
                .hasMessageContaining("found:    refused, by whom was not seen, after 80 ms: words");
    }

    private static boolean holds(ThrowingCallable assertion) {
        return catchThrowable(assertion) == null;
    }

    private static SshAttempt attempt(Outcome outcome, Optional<MacAddress> refusedBy) {
        Neighbour entry = new Neighbour(IP, "eth0", Optional.of(CONTAINER), List.of("REACHABLE"));
        return new SshAttempt(
                "client", "guest", IP, outcome, Duration.ofMillis(80), "words", refusedBy, List.of(entry));
    }
}
