package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.SshAttempt.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpensshClientTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | '' | CONNECTED",
                "255 | ssh: connect to host 198.18.9.4 port 22: Connection refused | REFUSED",
                "255 | ssh: connect to host 198.18.9.99 port 22: No route to host | NO_ROUTE",
                "255 | ssh: connect to host 198.18.9.99 port 22: Network is unreachable | NO_ROUTE",
                "255 | ssh: connect to host 198.18.9.5 port 22: Connection timed out | TIMED_OUT",
                "255 | Host key verification failed. | HOST_KEY_MISMATCH",
                "255 | root@198.18.9.5: Permission denied (publickey). | AUTHENTICATION_FAILED",
                "255 | ssh: connect to host 198.18.9.5 port 22: Permission denied | PROHIBITED",
                "255 | Connection timed out during banner exchange | TIMED_OUT",
                "255 | ssh: connect to host 198.18.9.5 port 22: Connection reset by peer | RESET",
                "255 | Connection reset by 198.18.9.5 port 22 | RESET",
                "255 | Connection closed by 198.18.9.5 port 22 | BROKEN_OFF",
                "255 | Received disconnect from 198.18.9.5 port 22:2: Too many authentication failures"
                        + " | AUTHENTICATION_FAILED",
            })
    void outcomeFromTheClientsWords(int exitCode, String words, Outcome expected) {
        assertThat(SshClientWords.result(ended(exitCode, words)).outcome()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "255 | ssh: something else",
                // A server may greet with what it likes.
                "255 | Connection refused. Permission denied (publickey). No route to host",
                "126 | timeout: failed to run command 'ssh': Permission denied",
            })
    void unknownWordsAreNoOutcome(int exitCode, String words) {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> SshClientWords.result(ended(exitCode, words)))
                .withMessage(
                        "Nothing is known of the network: ssh could not run, or said what is not understood,"
                                + " on left: ssh%nexit code %d after 0 ms%nstdout: (empty)%nstderr: %s",
                        exitCode, words);
    }

    private static CommandResult ended(int exitCode, String words) {
        return new CommandResult("left", List.of("ssh"), exitCode, "", words, Duration.ZERO);
    }
}
