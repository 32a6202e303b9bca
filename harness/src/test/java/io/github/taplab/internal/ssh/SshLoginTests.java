package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.internal.ssh.SshLogin.Result;
import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.Cidr;
import java.io.IOException;
import java.util.List;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connector's words are what socat printed under {@code LC_ALL=C}. */
class SshLoginTests {

    private final IOException broken = new TransportException("Broken transport; encountered EOF");
    private static final String OPENING =
            "2026/11/22 07:32:44 socat[27075] N opening connection to AF=2 198.18.9.5:22\n";

    @Test
    void whoIsTurnedDownHearsWhatWouldBeTaken() {
        assertThat(SshLogin.denied(List.of("publickey", "password")))
                .isEqualTo(new Result(Outcome.AUTHENTICATION_FAILED, "Permission denied (publickey,password)"));
    }

    @Test
    void connectorDialsPort22AndTellsHowFarItComes() {
        assertThat(SshLogin.connector(Cidr.ip("198.18.9.5")))
                .containsExactly("socat", "-d", "-d", "-", "TCP:198.18.9.5:22,connect-timeout=5");
    }

    @Test
    void connectorPutsIpv6InBrackets() {
        assertThat(SshLogin.connector(Cidr.ip("fd00::5"))).endsWith("TCP:[fd00:0:0:0:0:0:0:5]:22,connect-timeout=5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connect(5, AF=2 198.18.9.5:22, 16): Connection refused      | REFUSED",
                "connect(5, AF=2 198.18.9.5:22, 16): No route to host        | NO_ROUTE",
                "connect(5, AF=2 198.18.9.5:22, 16): Network is unreachable  | NO_ROUTE",
                "connecting to AF=2 198.18.9.5:22: Connection timed out      | TIMED_OUT"
            })
    void connectorsErrorTellsWhyThereIsNoConnection(String error, Outcome outcome) {
        String words = OPENING
                + "2026/11/22 07:32:44 socat[27075] E " + error + "\n"
                + "2026/11/22 07:32:44 socat[27075] N exit(1)\n";

        assertThat(SshLogin.connectFailure(words)).isEqualTo(new Result(outcome, error));
    }

    @Test
    void warningsBelongToTheDetail() {
        String words = OPENING
                + "2026/11/22 07:14:59 socat[19041] W recvmsg(): Resource temporarily unavailable\n"
                + "2026/11/22 07:14:59 socat[19041] E connect(5, AF=2 198.18.9.5:22, 16): Network is unreachable\n";

        assertThat(SshLogin.connectFailure(words))
                .isEqualTo(new Result(
                        Outcome.NO_ROUTE,
                        "recvmsg(): Resource temporarily unavailable;"
                                + " connect(5, AF=2 198.18.9.5:22, 16): Network is unreachable"));
    }

    @Test
    void connectorThatCouldNotRunIsNoOutcomeOfTheNetwork() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SshLogin.connectFailure("exec: \"socat\": executable file not found in $PATH"))
                .withMessage("No connection, in a way that is none of the known outcomes:"
                        + " exec: \"socat\": executable file not found in $PATH");
    }

    @Test
    void onlyErrorsCountNotWhatThePeerIsCalled() {
        String notice = "2026/11/22 07:32:44 socat[27075] N Connection refused\n";

        assertThatIllegalStateException().isThrownBy(() -> SshLogin.connectFailure(notice));
    }

    @Test
    void logInThatIsLateTimedOutWhateverBrokeOff() {
        assertThat(SshLogin.loginFailure(broken, reset(), true))
                .isEqualTo(new Result(Outcome.TIMED_OUT, "connected, but no log-in within 30 s"));
    }

    @Test
    void connectionThatIsResetLaterIsRefused() {
        assertThat(SshLogin.loginFailure(broken, reset(), false))
                .isEqualTo(new Result(Outcome.REFUSED, "read(5, 0x55558a566000, 8192): Connection reset by peer"));
    }

    @Test
    void hostKeyOfAnotherMachineIsAMismatch() {
        TransportException otherKey = new TransportException(
                DisconnectReason.HOST_KEY_NOT_VERIFIABLE, "Could not verify `ssh-ed25519` host key");

        assertThat(SshLogin.loginFailure(otherKey, OPENING, false))
                .isEqualTo(new Result(Outcome.HOST_KEY_MISMATCH, "Could not verify `ssh-ed25519` host key"));
    }

    @Test
    void keyThatTheGuestTurnsDownIsAFailedAuthentication() {
        assertThat(SshLogin.loginFailure(new UserAuthException("Exhausted available methods"), OPENING, false))
                .isEqualTo(new Result(Outcome.AUTHENTICATION_FAILED, "Exhausted available methods"));
    }

    @Test
    void logInThatBreaksOffOtherwiseIsNoOutcome() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SshLogin.loginFailure(broken, OPENING, false))
                .withMessage("SSH broke off in a way that is none of the known outcomes: " + OPENING)
                .withCause(broken);
    }

    private static String reset() {
        return OPENING
                + "2026/11/22 07:32:45 socat[27123] W read(5, 0x55558a566000, 8192): Connection reset by peer\n"
                + "2026/11/22 07:32:45 socat[27123] N exiting with status 0\n";
    }
}
