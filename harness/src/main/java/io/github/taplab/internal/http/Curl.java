package io.github.taplab.internal.http;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.HttpResult.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** curl, as containers have it. */
public final class Curl implements HttpClient {

    // Exit codes of curl(1).
    private static final int NAME_NOT_RESOLVED = 6;
    private static final int NO_CONNECTION = 7;
    private static final int PARTIAL_ANSWER = 18;
    private static final int TIMED_OUT = 28;
    private static final int EMPTY_ANSWER = 52;
    private static final int SEND_FAILED = 55;
    private static final int RECEIVE_FAILED = 56;
    private static final String TELLS = "* ";
    private static final Pattern PROBLEM =
            Pattern.compile("(?i)fail|could not|timed out|too slow|unreachable|reset|empty reply|missing|closed with");
    // "connect to … port 80 from … failed: Connection refused"; "Immediate connect fail for …: Network is unreachable".
    private static final Pattern CONNECT =
            Pattern.compile("(?m)^\\* (?:connect to .* failed|Immediate connect fail" + " for \\S+): (.*)$");

    /** Verbose: of a connection that fails only that output says why. */
    @Override
    public List<String> argv(String url) {
        String idle = Integer.toString(IDLE_SECONDS);
        return List.of(
                "curl", "-s", "-v", "--connect-timeout", idle, "--speed-limit", "1", "--speed-time", idle, "--", url);
    }

    @Override
    public Optional<Outcome> outcome(CommandResult ended) {
        String words = detail(ended);
        return switch (ended.exitCode()) {
            case 0 -> Optional.of(Outcome.ANSWERED);
            case NAME_NOT_RESOLVED -> Optional.of(Outcome.NAME_NOT_RESOLVED);
            case NO_CONNECTION ->
                CONNECT.matcher(ended.stderr())
                        .results()
                        .findFirst()
                        .flatMap(failure ->
                                HttpClient.connectFailure(failure.group(1).strip()));
            case PARTIAL_ANSWER, EMPTY_ANSWER -> Optional.of(Outcome.BROKEN_OFF);
            case TIMED_OUT ->
                Optional.of(words.contains("Resolving timed out") ? Outcome.NAME_NOT_RESOLVED : Outcome.TIMED_OUT);
            case SEND_FAILED, RECEIVE_FAILED -> brokenConnection(words);
            default -> Optional.empty();
        };
    }

    private static Optional<Outcome> brokenConnection(String words) {
        if (words.contains("Connection reset by peer")) {
            return Optional.of(Outcome.RESET);
        }
        return words.contains("Broken pipe") ? Optional.of(Outcome.BROKEN_OFF) : Optional.empty();
    }

    @Override
    public String detail(CommandResult ended) {
        return ended.stderr()
                .lines()
                .filter(line -> line.startsWith(TELLS) && PROBLEM.matcher(line).find())
                .map(line -> line.substring(TELLS.length()))
                .collect(Collectors.joining("; "));
    }
}
