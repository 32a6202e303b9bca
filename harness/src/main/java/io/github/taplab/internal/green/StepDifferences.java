package io.github.taplab.internal.green;

import io.github.taplab.internal.green.Sight.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between the steps of two runs of one test. The n-th time that something was asked belongs to the n-th
 * time in the other run.
 */
final class StepDifferences {

    private StepDifferences() {}

    static List<String> between(List<Seen> green, List<Seen> now) {
        Map<String, List<String>> results = new HashMap<>();
        green.forEach(seen -> results.computeIfAbsent(seen.step(), unused -> new ArrayList<>())
                .add(seen.result()));
        Map<String, Integer> times = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (Seen seen : now) {
            int time = times.merge(seen.step(), 1, Integer::sum) - 1;
            List<String> then = results.getOrDefault(seen.step(), List.of());
            if (time >= then.size()) {
                lines.add("%s: %s; it was not asked then".formatted(seen.step(), oneLine(seen.result())));
            } else if (!then.get(time).equals(seen.result())) {
                lines.add("%s: %s; it was: %s".formatted(seen.step(), oneLine(seen.result()), oneLine(then.get(time))));
            }
        }
        long missing = results.entrySet().stream()
                .mapToLong(step -> Math.max(0, step.getValue().size() - times.getOrDefault(step.getKey(), 0)))
                .sum();
        if (missing > 0) {
            lines.add("%d steps of then were not reached".formatted(missing));
        }
        return lines;
    }

    private static String oneLine(String text) {
        return String.join(" / ", text.lines().map(String::strip).toList());
    }
}
