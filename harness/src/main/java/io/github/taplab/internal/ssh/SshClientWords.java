package io.github.taplab.internal.ssh;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.SshAttempt.Outcome;
import java.util.List;
import java.util.regex.Pattern;

/** What the words of SSH clients that run in guests mean: dropbear's and OpenSSH's. */
final class SshClientWords {

    private static final String CONNECT = "(?:ssh: connect to host \\S+ port \\d+|.* exited: Connect failed): ";

    private static final List<Meaning> MEANINGS = List.of(
            Meaning.of(CONNECT + "Connection refused", Outcome.REFUSED),
            // The connection was there, and gone again before the client looked.
            Meaning.of(CONNECT + "Connection reset by peer", Outcome.RESET),
            Meaning.of(CONNECT + "Permission denied", Outcome.PROHIBITED),
            Meaning.of(CONNECT + "(?:No route to host|Host is unreachable|Network is unreachable)", Outcome.NO_ROUTE),
            Meaning.of(CONNECT + "(?:Connection|Operation) timed out", Outcome.TIMED_OUT),
            Meaning.of("Connection timed out during banner exchange", Outcome.TIMED_OUT),
            Meaning.of("Connection to \\S+ port \\d+ timed out", Outcome.TIMED_OUT),
            Meaning.of("(?:\\S+: )*\\S+ host key mismatch for .*", Outcome.HOST_KEY_MISMATCH),
            Meaning.of("Host key verification failed\\.", Outcome.HOST_KEY_MISMATCH),
            Meaning.of("\\S+@\\S+: Permission denied \\(.*\\)\\.", Outcome.AUTHENTICATION_FAILED),
            Meaning.of("Received disconnect from .*: Too many authentication failures", Outcome.AUTHENTICATION_FAILED),
            Meaning.of(".* exited: No auth methods could be used\\.", Outcome.AUTHENTICATION_FAILED),
            Meaning.of("Connection reset by .* port \\d+", Outcome.RESET),
            Meaning.of(".* exited: Error (?:reading|writing): Connection reset by peer", Outcome.RESET),
            Meaning.of("Connection closed by .* port \\d+", Outcome.BROKEN_OFF),
            Meaning.of("Received disconnect from .*", Outcome.BROKEN_OFF),
            // dropbear's client says so, too, of a reset that comes before the server has said its name.
            Meaning.of(".* exited: Remote closed the connection", Outcome.BROKEN_OFF));

    private SshClientWords() {}

    // A whole line: a server may send what it likes before a log-in, and both clients print it.
    private record Meaning(Pattern line, Outcome outcome) {

        static Meaning of(String line, Outcome outcome) {
            return new Meaning(Pattern.compile("(?m)^" + line + "\\r?$"), outcome);
        }
    }

    /**
     * How far a client came.
     *
     * @throws CommandFailedException if it could not run, or said what is not understood
     */
    static SshLogin.Result result(CommandResult client) {
        String words = client.stderr().strip();
        if (client.succeeded()) {
            return new SshLogin.Result(Outcome.CONNECTED, words);
        }
        return MEANINGS.stream()
                .filter(meaning -> meaning.line().matcher(words).find())
                .findFirst()
                .map(meaning -> new SshLogin.Result(meaning.outcome(), words))
                .orElseThrow(() -> CommandFailedException.withoutVerdict(client));
    }
}
