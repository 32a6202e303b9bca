package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.SshAttempt.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropbearClientTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | '' | CONNECTED",
                "1 | Connection to root@198.18.9.4:22 exited: Connect failed: Connection refused | REFUSED",
                "1 | Connection to root@198.18.9.99:22 exited: Connect failed: No route to host | NO_ROUTE",
                "1 | Connection to root@198.18.9.99:22 exited: Connect failed: Network is unreachable | NO_ROUTE",
                "1 | Connection to root@198.18.9.5:22 exited: Connect failed: Connection timed out | TIMED_OUT",
                "1 | ssh-ed25519 host key mismatch for 198.18.9.5 ! | HOST_KEY_MISMATCH",
                "1 | Connection to root@198.18.9.5:22 exited: No auth methods could be used. | AUTHENTICATION_FAILED",
                "1 | Connection to root@198.18.9.5:22 exited: Connect failed: Permission denied | PROHIBITED",
                "1 | Connection to root@198.18.9.5:22 exited: Connect failed: Connection reset by peer | RESET",
                "1 | Connection to root@198.18.9.5:22 exited: Error reading: Connection reset by peer | RESET",
                "1 | Connection to root@198.18.9.5:22 exited: Remote closed the connection | BROKEN_OFF",
            })
    void outcomeFromTheClientsWords(int exitCode, String words, Outcome expected) {
        assertThat(SshClientWords.result(ended(exitCode, words)).outcome()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | Connection to root@198.18.9.5:22 exited: Bad packet",
                // A server may greet with what it likes.
                "1 | Connection refused. Permission denied (publickey). No route to host",
                "126 | timeout: failed to run command 'dbclient': Permission denied",
            })
    void unknownWordsAreNoOutcome(int exitCode, String words) {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> SshClientWords.result(ended(exitCode, words)))
                .withMessage(
                        "Nothing is known of the network: dbclient could not run, or said what is not understood,"
                                + " on left: dbclient%nexit code %d after 0 ms%nstdout: (empty)%nstderr: %s",
                        exitCode, words);
    }

    @Test
    void theKeyIsInDropbearsFormat() {
        ByteBuffer key = ByteBuffer.wrap(LabKey.generate().dropbearFormat());
        byte[] name = new byte[key.getInt()];
        key.get(name);

        assertThat(new String(name, StandardCharsets.US_ASCII)).isEqualTo("ssh-ed25519");
        assertThat(key.getInt())
                .as("length of seed and point")
                .isEqualTo(key.remaining())
                .isEqualTo(64);
    }

    private static CommandResult ended(int exitCode, String words) {
        return new CommandResult("left", List.of("dbclient"), exitCode, "", words, Duration.ZERO);
    }
}
