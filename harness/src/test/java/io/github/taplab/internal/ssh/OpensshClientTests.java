package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.node.CommandResult;
import io.github.taplab.node.SshAttempt.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
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
            })
    void outcomeFromTheClientsWords(int exitCode, String words, Outcome expected) {
        assertThat(SshClientWords.result(ended(exitCode, words)).outcome()).isEqualTo(expected);
    }

    @Test
    void unknownWordsAreNoOutcome() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SshClientWords.result(ended(255, "ssh: something else")))
                .withMessageContaining("none of the known outcomes")
                .withMessageContaining("something else");
    }

    private static CommandResult ended(int exitCode, String words) {
        return new CommandResult("left", List.of("ssh"), exitCode, "", words, Duration.ZERO);
    }
}
