package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.taplab.internal.ssh.SshLogin.Result;
import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.io.IOException;
import java.util.List;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector's words are what socat printed under {@code LC_ALL=C}. */
class SshLoginTests {

    private static final String CONNECTED = "taplab: connected\n";

    @Test
    void whoIsTurnedDownHearsWhatWouldBeTaken() {
        assertThat(SshLogin.denied(List.of("publickey", "password")))
                .isEqualTo(new Result(Outcome.AUTHENTICATION_FAILED, "Permission denied (publickey,password)"));
    }

    @Test
    void connectorDialsPort22AndTellsHowFarItComes() {
        assertThat(SshLogin.connector("eth0", InterfaceIp.ip("198.18.9.5")))
                .startsWith("perl", "-e")
                .endsWith("eth0", "198.18.9.5", "22", "5")
                .element(2, STRING)
                .startsWith("# connect.pl NIC ADDRESS PORT SECONDS: connects");
    }

    @Test
    void connectorTakesIpv6() {
        assertThat(SshLogin.connector("br-1", InterfaceIp.ip("fd00::5"))).endsWith("br-1", "fd00::5", "22", "5");
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
        assertThat(SshLogin.connectFailure("taplab: connect: %s\n".formatted(words)))
                .isEqualTo(new Result(outcome, words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rst", "icmp 3 3", "icmp 1 4"})
    void whoRefusedIsTheSenderOfTheAnswer(String answer) {
        String words = "taplab: answer: %s 02:c1:12:09:00:04\ntaplab: connect: Connection refused\n".formatted(answer);

        assertThat(SshLogin.connectFailure(words))
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

        assertThat(SshLogin.connectFailure(all)).isEqualTo(new Result(outcome, words + ", by 02:c1:12:09:00:04"));
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
                .isThrownBy(() -> SshLogin.connectFailure(words))
                .withMessage("No connection, in a way that is none of the known outcomes: " + words);
    }

    @Test
    void connectionThatWasThereAndIsResetIsNoRefusal() {
        assertThat(SshLogin.loginFailure(endOfStream(), reset()))
                .isEqualTo(new Result(Outcome.RESET, "read(5, 0x55558a566000, 8192): Connection reset by peer"));
    }

    @Test
    void hostKeyOfAnotherMachineIsAMismatch() {
        TransportException otherKey = new TransportException(
                DisconnectReason.HOST_KEY_NOT_VERIFIABLE, "Could not verify `ssh-ed25519` host key");

        assertThat(SshLogin.loginFailure(otherKey, CONNECTED))
                .isEqualTo(new Result(Outcome.HOST_KEY_MISMATCH, "Could not verify `ssh-ed25519` host key"));
    }

    @Test
    void keyThatTheGuestTurnsDownIsAFailedAuthentication() {
        assertThat(SshLogin.loginFailure(new UserAuthException("Exhausted available authentication methods"), CONNECTED)
                        .outcome())
                .isEqualTo(Outcome.AUTHENTICATION_FAILED);
    }

    @Test
    void endOfTheStreamIsNoRefusalOfAKey() {
        UserAuthException unanswered = new UserAuthException(
                "Exhausted available authentication methods", new UserAuthException(endOfStream()));

        assertThat(SshLogin.loginFailure(unanswered, CONNECTED))
                .isEqualTo(new Result(Outcome.BROKEN_OFF, "Broken transport; encountered EOF"));
        assertThat(SshLogin.loginFailure(endOfStream(), CONNECTED))
                .isEqualTo(new Result(Outcome.BROKEN_OFF, "Broken transport; encountered EOF"));
        String early = "Server closed connection during identification exchange";
        assertThat(SshLogin.loginFailure(new TransportException(early), CONNECTED))
                .isEqualTo(new Result(Outcome.BROKEN_OFF, early));
    }

    @Test
    void serverThatSaysWhyItClosesBreaksOff() {
        TransportException busy = new TransportException(DisconnectReason.TOO_MANY_CONNECTIONS, "Come back later");

        assertThat(SshLogin.loginFailure(busy, CONNECTED)).isEqualTo(new Result(Outcome.BROKEN_OFF, "Come back later"));
    }

    @Test
    void logInThatBreaksOffOtherwiseIsNoOutcome() {
        TransportException strange = new TransportException("Unable to reach a settlement");
        UserAuthException unanswered = new UserAuthException("Exhausted available authentication methods", strange);

        for (IOException e : new IOException[] {strange, unanswered}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SshLogin.loginFailure(e, CONNECTED))
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
