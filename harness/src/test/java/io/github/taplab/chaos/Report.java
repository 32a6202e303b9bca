package io.github.taplab.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run says: a line a round, and at the end a table of kinds and one line for all. */
final class Report {

    private static final String ROW = "%-24s %6s %6s %12s %9s  %s%n";

    private Report() {}

    static String line(Result result) {
        Round round = result.round();
        Outcome outcome = result.outcome();
        return "%3d %-23s %-11s %-4s %-15s %-42s %-8s %6s %6s  %s"
                .formatted(
                        round.number(),
                        round.kind().title(),
                        round.attachment(),
                        round.warm() ? "warm" : "cold",
                        round.moment().words(),
                        outcome.hit() ? outcome.state() : outcome.state() + ", nothing to hit",
                        verdict(outcome),
                        seconds(outcome.verdict()),
                        seconds(outcome.end()),
                        result.judgement().words());
    }

    private static String verdict(Outcome outcome) {
        if (outcome.trouble().isPresent()) {
            return outcome.trouble().get().status().toLowerCase(java.util.Locale.ROOT);
        }
        return outcome.isGreen() ? "passed" : "none";
    }

    private static String seconds(Optional<Duration> time) {
        return time.map(each -> "%.1fs".formatted(each.toMillis() / 1000.0)).orElse("-");
    }

    /** The table: how often each kind came, and its slowest verdict and end. */
    static String table(List<Result> results) {
        Map<Kind, List<Result>> kinds = new TreeMap<>();
        results.forEach(result -> kinds.computeIfAbsent(result.round().kind(), kind -> new ArrayList<>())
                .add(result));
        StringBuilder table =
                new StringBuilder(ROW.formatted("kind", "rounds", "hit", "verdict max", "end max", "not ok"));
        kinds.forEach((kind, rounds) -> table.append(ROW.formatted(
                kind.title(),
                rounds.size(),
                rounds.stream().filter(each -> each.outcome().hit()).count(),
                seconds(slowest(rounds.stream().flatMap(each -> each.outcome().verdict().stream()))),
                seconds(slowest(rounds.stream().flatMap(each -> each.outcome().end().stream()))),
                String.join(
                        " ",
                        rounds.stream()
                                .filter(each -> !each.judgement().isGood())
                                .map(each -> "#" + each.round().number())
                                .toList()))));
        return table.toString();
    }

    private static Optional<Duration> slowest(Stream<Duration> times) {
        return times.max(Comparator.naturalOrder());
    }

    /**
     * The last line.
     *
     * @param strays what is left of the whole run
     * @param unjudged rounds that came to nothing for a reason of this tool's own
     */
    static String summary(List<Result> results, List<String> strays, int unjudged, long seed) {
        return "chaos: %d faults, wrong verdicts: %d, hangs: %d, leaks: %d, %sseed %d"
                .formatted(
                        results.size(),
                        results.stream()
                                .filter(each -> !each.judgement().wrongVerdict().isEmpty())
                                .count(),
                        results.stream()
                                .filter(each -> !each.judgement().hang().isEmpty())
                                .count(),
                        results.stream()
                                        .filter(each -> !each.judgement().leak().isEmpty())
                                        .count()
                                + strays.size(),
                        unjudged == 0 ? "" : "not judged: %d, ".formatted(unjudged),
                        seed);
    }

    /** Whether all is well. */
    static boolean isGood(List<Result> results, List<String> strays, int unjudged) {
        return unjudged == 0
                && strays.isEmpty()
                && results.stream().allMatch(each -> each.judgement().isGood());
    }
}
