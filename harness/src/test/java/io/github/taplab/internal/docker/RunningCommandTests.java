package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningCommandTests {

    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final byte[] MOST = new byte[16 << 20];

    private final RunningCommand command = new RunningCommand("client", List.of("yes"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void itsOutputComesInPieces() {
        command.takeStdout(bytes("o"));
        command.takeStderr(bytes("err"));
        command.takeStdout(bytes("ut"));
        command.exitCode().complete(7);

        CommandResult result = command.result(DEADLINE);

        assertThat(result.node()).isEqualTo("client");
        assertThat(result.argv()).containsExactly("yes");
        assertThat(result.stdout()).isEqualTo("out");
        assertThat(result.stderr()).isEqualTo("err");
        assertThat(result.exitCode()).isEqualTo(7);
    }

    /** A piece may end within a character. */
    @Test
    void piecesAreReadTogether() {
        byte[] word = bytes("ü");
        command.takeStdout(new byte[] {word[0]});
        command.takeStdout(new byte[] {word[1]});
        command.exitCode().complete(0);

        assertThat(command.result(DEADLINE).stdout()).isEqualTo("ü");
    }

    @Test
    void whatIsTooMuchIsSaidOnce() {
        assertThat(command.takeStdout(MOST)).isTrue();
        assertThat(command.takeStderr(MOST)).as("the other stream").isTrue();

        assertThat(command.takeStdout(bytes("y"))).isFalse();
        assertThat(command.takeStdout(bytes("y"))).as("once more").isTrue();
    }

    @Test
    void itIsThenNoResult() {
        command.takeStdout(bytes("y\n".repeat(600)));
        command.takeStderr(MOST);
        command.takeStderr(bytes("!"));
        command.exitCode().complete(137);

        assertThatIllegalStateException()
                .isThrownBy(() -> command.result(DEADLINE))
                .withMessageStartingWith("Command was killed, since it wrote more than 16 MiB, on client")
                .withMessageContaining("y\n".repeat(500) + " ...");
    }

    @Test
    void norIsItAfterItsDeadline() {
        command.takeStdout(bytes("so far"));
        command.late();
        command.exitCode().complete(143);

        assertThatThrownBy(() -> command.result(DEADLINE))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageStartingWith("Command still ran after its deadline of 3000 ms on client")
                .hasMessageContaining("so far");
    }
}
