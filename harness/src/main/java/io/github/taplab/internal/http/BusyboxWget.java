package io.github.taplab.internal.http;

import io.github.taplab.node.CommandResult;
import io.github.taplab.node.HttpResult.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** busybox' wget, as guests have it. */
public final class BusyboxWget implements HttpClient {

    @Override
    public List<String> argv(String url) {
        return List.of("wget", "-q", "-S", "-O", "-", "-T", Integer.toString(IDLE_SECONDS), "--", url);
    }

    @Override
    public Optional<Outcome> outcome(CommandResult ended) {
        String words = detail(ended);
        if (ended.succeeded() || words.contains("server returned error: HTTP/")) {
            return Optional.of(Outcome.ANSWERED);
        }
        return words.contains("bad address")
                ? Optional.of(Outcome.NAME_NOT_RESOLVED)
                : HttpClient.connectFailure(words);
    }

    @Override
    public String detail(CommandResult ended) {
        return ended.stderr().lines().filter(line -> line.startsWith("wget: ")).collect(Collectors.joining("; "));
    }
}
