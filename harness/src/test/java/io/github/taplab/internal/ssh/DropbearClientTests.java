package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.node.CommandResult;
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
            })
    void outcomeFromTheClientsWords(int exitCode, String words, Outcome expected) {
        assertThat(SshClientWords.result(ended(exitCode, words)).outcome()).isEqualTo(expected);
    }

    @Test
    void unknownWordsAreNoOutcome() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> SshClientWords.result(ended(1, "Connection to root@198.18.9.5:22 exited: Bad packet")))
                .withMessageContaining("none of the known outcomes")
                .withMessageContaining("Bad packet");
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
