package io.github.taplab.internal.http;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.node.HttpResult;
import io.github.taplab.node.HttpResult.Outcome;
import io.github.taplab.node.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that gets a page from within a node's network. */
public interface HttpClient {

    /** How long nothing may come. A SYN is repeated after 1 and 3 s, so three questions fit. */
    int IDLE_SECONDS = 5;

    /** The program's command line. It prints the body, and on standard error the answer's status line. */
    List<String> argv(String url);

    /** What the program's end means; empty where that is not known. */
    Optional<Outcome> outcome(CommandResult ended);

    /** What the program said of a failure. */
    String detail(CommandResult ended);

    /**
     * Tries to get a page.
     *
     * @param name of the node
     * @throws IllegalArgumentException if the URL is no HTTP one
     * @throws CommandFailedException if the program could not run, or said what is not understood
     */
    default HttpResult get(Shell node, String name, String url) {
        if (!url.startsWith("http://")) {
            throw new IllegalArgumentException(
                    "\"%s\" does not begin with http://, a URL such as http://www.example.com/ does".formatted(url));
        }
        try {
            return result(name, url, node.tryRun(argv(url).toArray(String[]::new)));
        } catch (DeadlineExceededException e) {
            Duration deadline = Shell.DEFAULT_DEADLINE;
            return new HttpResult(
                    name,
                    url,
                    Outcome.TIMED_OUT,
                    OptionalInt.empty(),
                    "",
                    deadline,
                    "not at its end after %d s".formatted(deadline.toSeconds()));
        }
    }

    private HttpResult result(String name, String url, CommandResult ended) {
        OptionalInt status = status(ended.stderr());
        Outcome outcome = outcome(ended)
                // An answer is one of HTTP.
                .filter(known -> known != Outcome.ANSWERED || status.isPresent())
                .orElseThrow(() -> CommandFailedException.withoutVerdict(ended));
        return new HttpResult(name, url, outcome, status, ended.stdout(), ended.took(), detail(ended));
    }

    private static OptionalInt status(String stderr) {
        // curl: "< HTTP/1.1 200 OK"; wget: "  HTTP/1.1 200 OK".
        Matcher line = Pattern.compile("(?m)^[< ] *HTTP/1\\.\\d (\\d{3})\\b").matcher(stderr);
        return line.find() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty();
    }

    /**
     * What the C library's word for a failed connect means.
     *
     * @param word such as {@code Connection refused}
     */
    static Optional<Outcome> connectFailure(String word) {
        return switch (word) {
            case "Connection refused" -> Optional.of(Outcome.REFUSED);
            // The connection was there, and gone again before the program looked.
            case "Connection reset by peer" -> Optional.of(Outcome.RESET);
            case "Permission denied" -> Optional.of(Outcome.PROHIBITED);
            case "No route to host", "Network is unreachable" -> Optional.of(Outcome.NO_ROUTE);
            case "Connection timed out" -> Optional.of(Outcome.TIMED_OUT);
            default -> Optional.empty();
        };
    }
}
