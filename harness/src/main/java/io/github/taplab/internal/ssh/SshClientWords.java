package io.github.taplab.internal.ssh;

import io.github.taplab.node.CommandResult;
import io.github.taplab.node.SshAttempt.Outcome;

/** What the words of SSH clients that run in guests mean: dropbear's and OpenSSH's. */
final class SshClientWords {

    private SshClientWords() {}

    /** How far a client came. */
    static SshLogin.Result result(CommandResult client) {
        String words = client.stderr().strip();
        if (client.succeeded()) {
            return new SshLogin.Result(Outcome.CONNECTED, words);
        }
        if (words.contains("Connection refused") || words.contains("Connection reset")) {
            return new SshLogin.Result(Outcome.REFUSED, words);
        }
        if (words.contains("No route to host")
                || words.contains("Host is unreachable")
                || words.contains("Network is unreachable")) {
            return new SshLogin.Result(Outcome.NO_ROUTE, words);
        }
        if (words.contains("timed out")) {
            return new SshLogin.Result(Outcome.TIMED_OUT, words);
        }
        if (words.contains("ost key mismatch") || words.contains("Host key verification failed")) {
            return new SshLogin.Result(Outcome.HOST_KEY_MISMATCH, words);
        }
        if (words.contains("No auth methods could be used") || words.contains("Permission denied")) {
            return new SshLogin.Result(Outcome.AUTHENTICATION_FAILED, words);
        }
        throw new IllegalStateException(
                "SSH broke off in a way that is none of the known outcomes: " + client.describe());
    }
}
