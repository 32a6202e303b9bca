package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.taplab.internal.ssh.SshLogin.Result;
import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What it says under {@code LC_ALL=C}. */
class ConnectorTests {

    @Test
    void connectorDialsPort22AndTellsHowFarItComes() {
        assertThat(Connector.argv("eth0", InterfaceIp.ip("198.18.9.5")))
                .startsWith("perl", "-e")
                .endsWith("eth0", "198.18.9.5", "22", "5")
                .element(2, STRING)
                .startsWith("# connect.pl NIC ADDRESS PORT SECONDS: connects");
    }

    @Test
    void connectorTakesIpv6() {
        assertThat(Connector.argv("br-1", InterfaceIp.ip("fd00::5"))).endsWith("br-1", "fd00::5", "22", "5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection refused      | REFUSED",
                "No route to host        | NO_ROUTE",
                "Network is unreachable  | NO_ROUTE",
                "Permission denied       | PROHIBITED",
                "Connection timed out    | TIMED_OUT"
            })
    void connectorsWordsTellWhyThereIsNoConnection(String words, Outcome outcome) {
        assertThat(Connector.failure("taplab: connect: %s\n".formatted(words))).isEqualTo(new Result(outcome, words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rst", "icmp 3 3", "icmp 1 4"})
    void whoRefusedIsTheSenderOfTheAnswer(String answer) {
        String words = "taplab: answer: %s 02:c1:12:09:00:04\ntaplab: connect: Connection refused\n".formatted(answer);

        assertThat(Connector.failure(words))
                .isEqualTo(new Result(Outcome.REFUSED, "Connection refused")
                        .refusedBy(MacAddress.of("02:c1:12:09:00:04")));
    }

    @ParameterizedTest
    @CsvSource({
        "icmp 3 13, No route to host, PROHIBITED",
        "icmp 3 10, No route to host, PROHIBITED",
        "icmp 3 9, Network is unreachable, PROHIBITED",
        "icmp 1 1, Permission denied, PROHIBITED",
        "rst, Connection reset by peer, RESET",
        "icmp 3 1, No route to host, NO_ROUTE",
        "icmp 1 0, Network is unreachable, NO_ROUTE"
    })
    void theAnswerTellsMoreThanTheKernel(String answer, String words, Outcome outcome) {
        String all = "taplab: answer: %s 02:c1:12:09:00:04\ntaplab: connect: %s\n".formatted(answer, words);

        assertThat(Connector.failure(all)).isEqualTo(new Result(outcome, words + ", by 02:c1:12:09:00:04"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec: \"perl\": executable file not found in $PATH",
                "taplab: packet socket: Operation not permitted",
                "taplab: connect: Invalid argument",
                ""
            })
    void connectorThatCouldNotRunIsNoOutcomeOfTheNetwork(String words) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Connector.failure(words))
                .withMessage("No connection, in a way that is none of the known outcomes: " + words);
    }
}
