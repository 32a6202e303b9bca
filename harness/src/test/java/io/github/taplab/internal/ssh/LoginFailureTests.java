package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.internal.ssh.SshLogin.Result;
import io.github.taplab.node.SshAttempt.Outcome;
import java.io.IOException;
import java.util.List;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import org.junit.jupiter.api.Test;

/** The connector's words are what socat printed under {@code LC_ALL=C}. */
class LoginFailureTests {

    private static final String CONNECTED = "taplab: connected\n";

    @Test
    void whoIsTurnedDownHearsWhatWouldBeTaken() {
        assertThat(LoginFailure.denied(List.of("publickey", "password")))
                .isEqualTo(new Result(Outcome.AUTHENTICATION_FAILED, "Permission denied (publickey,password)"));
    }

    @Test
    void connectionThatWasThereAndIsResetIsNoRefusal() {
        assertThat(LoginFailure.of(endOfStream(), reset()))
                .isEqualTo(new Result(Outcome.RESET, "read(5, 0x55558a566000, 8192): Connection reset by peer"));
    }

    @Test
    void hostKeyOfAnotherMachineIsAMismatch() {
        TransportException otherKey = new TransportException(
                DisconnectReason.HOST_KEY_NOT_VERIFIABLE, "Could not verify `ssh-ed25519` host key");

        assertThat(LoginFailure.of(otherKey, CONNECTED))
                .isEqualTo(new Result(Outcome.HOST_KEY_MISMATCH, "Could not verify `ssh-ed25519` host key"));
    }

    @Test
    void keyThatTheGuestTurnsDownIsAFailedAuthentication() {
        assertThat(LoginFailure.of(new UserAuthException("Exhausted available authentication methods"), CONNECTED)
                        .outcome())
                .isEqualTo(Outcome.AUTHENTICATION_FAILED);
    }

    @Test
    void endOfTheStreamIsNoRefusalOfAKey() {
        UserAuthException unanswered = new UserAuthException(
                "Exhausted available authentication methods", new UserAuthException(endOfStream()));

        assertThat(LoginFailure.of(unanswered, CONNECTED))
                .isEqualTo(new Result(Outcome.BROKEN_OFF, "Broken transport; encountered EOF"));
        assertThat(LoginFailure.of(endOfStream(), CONNECTED))
                .isEqualTo(new Result(Outcome.BROKEN_OFF, "Broken transport; encountered EOF"));
        String early = "Server closed connection during identification exchange";
        assertThat(LoginFailure.of(new TransportException(early), CONNECTED))
                .isEqualTo(new Result(Outcome.BROKEN_OFF, early));
    }

    @Test
    void serverThatSaysWhyItClosesBreaksOff() {
        TransportException busy = new TransportException(DisconnectReason.TOO_MANY_CONNECTIONS, "Come back later");

        assertThat(LoginFailure.of(busy, CONNECTED)).isEqualTo(new Result(Outcome.BROKEN_OFF, "Come back later"));
    }

    @Test
    void logInThatBreaksOffOtherwiseIsNoOutcome() {
        TransportException strange = new TransportException("Unable to reach a settlement");
        UserAuthException unanswered = new UserAuthException("Exhausted available authentication methods", strange);

        for (IOException e : new IOException[] {strange, unanswered}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> LoginFailure.of(e, CONNECTED))
                    .withMessage("SSH broke off in a way that is none of the known outcomes: taplab: connected")
                    .withCause(e);
        }
    }

    private static IOException endOfStream() {
        return new TransportException("Broken transport; encountered EOF");
    }

    private static String reset() {
        return CONNECTED
                + "2026/11/22 07:32:45 socat[27123] W read(5, 0x55558a566000, 8192): Connection reset by peer\n"
                + "2026/11/22 07:32:45 socat[27123] N exiting with status 0\n";
    }
}
