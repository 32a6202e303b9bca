package io.github.taplab.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.node.HttpResult;
import io.github.taplab.node.HttpResult.Outcome;
import io.github.taplab.node.Shell;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are what curl 8.14 and busybox 1.37 printed. */
class HttpClientTests {

    private static final String URL = "http://www.example.com/";
    private static final String CURL_200 = """
            * Host www.example.com:80 was resolved.
            *   Trying 203.0.113.251:80...
            * Connected to www.example.com (203.0.113.251) port 80
            > GET / HTTP/1.1
            > Host: www.example.com
            >\s
            < HTTP/1.1 %s
            < Content-Type: text/plain
            <\s
            * Connection #0 to host www.example.com left intact
            """;
    private static final String CURL_CONNECT = """
            *   Trying 198.18.9.99:80...
            * %s
            * Failed to connect to 198.18.9.99 port 80 after 3065 ms: Could not connect to server
            * closing connection #0
            """;

    @Test
    void theUrlIsAnArgumentOfItsOwn() {
        assertThat(new Curl().argv(URL))
                .containsExactly(
                        "curl",
                        "-s",
                        "-v",
                        "--connect-timeout",
                        "5",
                        "--speed-limit",
                        "1",
                        "--speed-time",
                        "5",
                        "--",
                        URL);
        assertThat(new BusyboxWget().argv(URL)).containsExactly("wget", "-q", "-S", "-O", "-", "-T", "5", "--", URL);
    }

    @ParameterizedTest
    @CsvSource({"200 OK, 200", "404 Not Found, 404", "503 Service Unavailable, 503"})
    void curlIsAnsweredWhateverTheStatus(String line, int status) {
        HttpResult result = curl(0, CURL_200.formatted(line), "name: www.example.com\n");

        assertThat(result)
                .isEqualTo(new HttpResult(
                        "client",
                        URL,
                        Outcome.ANSWERED,
                        OptionalInt.of(status),
                        "name: www.example.com\n",
                        Duration.ofMillis(80),
                        ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | connect to 198.18.9.99 port 80 from 198.18.9.4 port 40256 failed: Connection refused | REFUSED",
                "7 | connect to 198.18.9.99 port 80 from 198.18.9.4 port 40256 failed: No route to host | NO_ROUTE",
                "7 | Immediate connect fail for 198.18.9.99: Network is unreachable | NO_ROUTE",
                "7 | connect to 198.18.9.99 port 80 from 198.18.9.4 port 40256 failed: Connection timed out | TIMED_OUT",
                "7 | Immediate connect fail for 198.18.9.99: Permission denied | PROHIBITED",
                "7 | connect to 198.18.9.99 port 80 from 198.18.9.4 port 40256 failed: Connection reset by peer | RESET",
            })
    void curlThatDoesNotConnectSaysWhy(int exitCode, String words, Outcome expected) {
        HttpResult result = curl(exitCode, CURL_CONNECT.formatted(words), "");

        assertThat(result.outcome()).isEqualTo(expected);
        assertThat(result.status()).isEmpty();
        assertThat(result.detail())
                .isEqualTo(words
                        + "; Failed to connect to 198.18.9.99 port 80 after 3065 ms: Could not connect to server");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6  | Could not resolve host: www.example.com | NAME_NOT_RESOLVED",
                "28 | Resolving timed out after 5001 milliseconds | NAME_NOT_RESOLVED",
                "28 | Connection timed out after 5002 milliseconds | TIMED_OUT",
                "28 | Operation too slow. Less than 1 bytes/sec transferred the last 5 seconds | TIMED_OUT",
                "56 | Recv failure: Connection reset by peer | RESET",
                "55 | Send failure: Broken pipe | BROKEN_OFF",
                "52 | Empty reply from server | BROKEN_OFF",
                "18 | end of response with 95 bytes missing | BROKEN_OFF",
                "18 | transfer closed with outstanding read data remaining | BROKEN_OFF",
            })
    void curlThatFailsSaysWhy(int exitCode, String words, Outcome expected) {
        HttpResult result = curl(exitCode, "* " + words + "\n* closing connection #0\n", "");

        assertThat(result.outcome()).isEqualTo(expected);
        assertThat(result.detail()).isEqualTo(words);
    }

    @Test
    void anAnswerThatStallsKeepsStatusAndWhatCame() {
        HttpResult result = curl(28, CURL_200.formatted("200 OK") + "* Operation too slow.\n", "name: w");

        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.status()).hasValue(200);
        assertThat(result.body()).isEqualTo("name: w");
    }

    @Test
    void wgetIsAnswered() {
        HttpResult result = wget(0, "  HTTP/1.1 200 OK\n  Content-Type: text/plain\n  \n", "name: www.example.com\n");

        assertThat(result.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(result.status()).hasValue(200);
        assertThat(result.body()).isEqualTo("name: www.example.com\n");
        assertThat(result.detail()).isEmpty();
    }

    @Test
    void wgetThatGotAnErrorIsAnsweredToo() {
        HttpResult result =
                wget(1, "  HTTP/1.1 404 Not Found\nwget: server returned error: HTTP/1.1 404 Not Found\n", "");

        assertThat(result.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(result.status()).hasValue(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wget: bad address 'www.example.com' | NAME_NOT_RESOLVED",
                "wget: can't connect to remote host (198.18.9.1): Connection refused | REFUSED",
                "wget: can't connect to remote host (198.18.9.99): No route to host | NO_ROUTE",
                "wget: can't connect to remote host (203.0.113.251): Network is unreachable | NO_ROUTE",
                "wget: can't connect to remote host: Network is unreachable | NO_ROUTE",
                "wget: can't connect to remote host (192.0.2.2): Permission denied | PROHIBITED",
                "wget: download timed out | TIMED_OUT",
                "wget: error getting response: Connection reset by peer | RESET",
                "wget: read error: Connection reset by peer | RESET",
                "wget: can't connect to remote host (198.18.9.99): Connection reset by peer | RESET",
                "wget: error getting response | BROKEN_OFF",
                "wget: connection closed prematurely | BROKEN_OFF",
            })
    void wgetThatFailsSaysWhy(String words, Outcome expected) {
        HttpResult result = wget(1, words + "\n", "");

        assertThat(result.outcome()).isEqualTo(expected);
        assertThat(result.detail()).isEqualTo(words);
    }

    @Test
    void anAnswerThatIsCutShortKeepsStatusAndWhatCame() {
        HttpResult result = wget(1, "  HTTP/1.1 200 OK\n  \nwget: error getting response\n", "hello");

        assertThat(result.outcome()).isEqualTo(Outcome.BROKEN_OFF);
        assertThat(result.status()).hasValue(200);
        assertThat(result.body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "126 | timeout: failed to run command 'curl': Permission denied",
                "127 | timeout: failed to run command 'curl': No such file or directory",
                "2   | curl: option --nosuch: is unknown",
                "1   | * Received HTTP/0.9 when not allowed",
                "7   | * Immediate connect fail for 192.0.2.3: Invalid argument",
                "0   | an answer without a status",
            })
    void curlThatCouldNotRunOrIsNotUnderstoodIsNoOutcome(int exitCode, String words) {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> curl(exitCode, words, ""))
                .withMessageStartingWith("Nothing is known of the network:"
                        + " curl could not run, or said what is not understood, on node: curl -s -v ")
                .withMessageEndingWith("exit code %d after 80 ms%nstdout: (empty)%nstderr: %s", exitCode, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "126|/bin/sh: wget: Permission denied",
                "127|wget: error getting response",
                "1|wget: can't connect to remote host (192.0.2.3): Invalid argument",
                "1|wget: invalid option -- 'Z'",
                "1|Connection refused",
                "0|an answer without a status",
            })
    void wgetThatCouldNotRunOrIsNotUnderstoodIsNoOutcome(int exitCode, String words) {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> wget(exitCode, words, ""))
                .withMessageStartingWith("Nothing is known of the network:"
                        + " wget could not run, or said what is not understood, on node: wget -q -S ")
                .withMessageEndingWith("exit code %d after 80 ms%nstdout: (empty)%nstderr: %s", exitCode, words);
    }

    @Test
    void whatIsNotHttpIsNoBrokenAnswer() {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> wget(1, "  SSH-2.0-foo\nwget: error getting response\n", ""))
                .withMessageContaining("SSH-2.0-foo");
    }

    @Test
    void anInterruptIsNoOutcome() {
        InterruptedWaitException interrupt = new InterruptedWaitException("curl", new InterruptedException());
        assertThat(Thread.interrupted()).isTrue();
        Shell shell = (deadline, argv) -> {
            throw interrupt;
        };

        assertThatExceptionOfType(InterruptedWaitException.class)
                .isThrownBy(() -> new Curl().get(shell, "client", URL))
                .isSameAs(interrupt);
    }

    @Test
    void whatDoesNotEndTimedOut() {
        Shell shell = (deadline, argv) -> {
            throw new DeadlineExceededException("Command still ran");
        };

        HttpResult result = new Curl().get(shell, "client", URL);

        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.detail()).isEqualTo("not at its end after 30 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.com", "https://www.example.com/", "-o/etc/passwd", ""})
    void otherUrlsAreRefused(String url) {
        Shell shell = (deadline, argv) -> {
            throw new AssertionError("something ran");
        };

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BusyboxWget().get(shell, "guest", url))
                .withMessage("\"%s\" does not begin with http://, a URL such as http://www.example.com/ does", url);
    }

    private static HttpResult curl(int exitCode, String stderr, String stdout) {
        return new Curl().get(ended(exitCode, stderr, stdout), "client", URL);
    }

    private static HttpResult wget(int exitCode, String stderr, String stdout) {
        return new BusyboxWget().get(ended(exitCode, stderr, stdout), "guest", URL);
    }

    private static Shell ended(int exitCode, String stderr, String stdout) {
        return (deadline, argv) ->
                new CommandResult("node", List.of(argv), exitCode, stdout, stderr, Duration.ofMillis(80));
    }
}
