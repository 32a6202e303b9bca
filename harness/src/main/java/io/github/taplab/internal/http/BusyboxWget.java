package io.github.taplab.internal.http;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.HttpResult.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** busybox' wget, as guests have it. */
public final class BusyboxWget implements HttpClient {

    private static final String SAYS = "wget: ";
    // Its only exit code for a failure.
    private static final int FAILED = 1;
    private static final Pattern NO_CONNECTION = Pattern.compile("can't connect to remote host(?: \\(\\S+\\))?: (.+)");
    private static final Pattern RESET =
            Pattern.compile("(?:error getting response|read error): Connection reset by peer");
    // With -S it shows the lines of an answer indented, also where the first is none of HTTP.
    private static final Pattern NO_HTTP = Pattern.compile("\\A {2}(?!HTTP/)");

    @Override
    public List<String> argv(String url) {
        return List.of("wget", "-q", "-S", "-O", "-", "-T", Integer.toString(IDLE_SECONDS), "--", url);
    }

    @Override
    public Optional<Outcome> outcome(CommandResult ended) {
        if (ended.succeeded()) {
            return Optional.of(Outcome.ANSWERED);
        }
        if (ended.exitCode() != FAILED || NO_HTTP.matcher(ended.stderr()).find()) {
            return Optional.empty();
        }
        return ended.stderr()
                .lines()
                .filter(line -> line.startsWith(SAYS))
                .flatMap(line -> outcome(line.substring(SAYS.length())).stream())
                .findFirst();
    }

    private static Optional<Outcome> outcome(String words) {
        if (words.startsWith("server returned error: HTTP/")) {
            return Optional.of(Outcome.ANSWERED);
        }
        if (words.startsWith("bad address")) {
            return Optional.of(Outcome.NAME_NOT_RESOLVED);
        }
        if (words.equals("download timed out")) {
            return Optional.of(Outcome.TIMED_OUT);
        }
        if (words.equals("error getting response") || words.equals("connection closed prematurely")) {
            return Optional.of(Outcome.BROKEN_OFF);
        }
        if (RESET.matcher(words).matches()) {
            return Optional.of(Outcome.RESET);
        }
        Matcher unconnected = NO_CONNECTION.matcher(words);
        return unconnected.matches() ? HttpClient.connectFailure(unconnected.group(1)) : Optional.empty();
    }

    @Override
    public String detail(CommandResult ended) {
        return ended.stderr().lines().filter(line -> line.startsWith(SAYS)).collect(Collectors.joining("; "));
    }
}
