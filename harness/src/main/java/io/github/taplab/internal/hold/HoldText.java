package io.github.taplab.internal.hold;

import io.github.taplab.internal.node.Entrance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person is told of a lab that stays up: pure functions. */
final class HoldText {

    private HoldText() {}

    /**
     * All of it.
     *
     * @param why the lab stays up, in words
     * @param nodes the ways into each
     * @param enter whether the Enter key lets it go
     * @param file whose removal does
     */
    static String of(String why, Map<String, List<Entrance>> nodes, boolean enter, Path file, Duration deadline) {
        int widest = nodes.keySet().stream().mapToInt(String::length).max().orElse(0);
        String ways = nodes.entrySet().stream()
                .flatMap(node -> lines(node.getKey(), widest, node.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
        return "%s%n%s%n  It is let go %sby: rm %s%n  or after %s."
                .formatted(why, ways, enter ? "by Enter here, or " : "", file, inWords(deadline));
    }

    private static Stream<String> lines(String node, int widest, List<Entrance> ways) {
        String indented = "  %%-%ds  ".formatted(Math.max(1, widest));
        return Stream.concat(
                ways.stream().limit(1).map(way -> indented.formatted(node) + line(way)),
                ways.stream().skip(1).map(way -> indented.formatted("") + line(way)));
    }

    // What comes after the hash the shell leaves out, also where the whole line is pasted.
    private static String line(Entrance way) {
        return way.note().isEmpty() ? way.command() : "%s  # %s".formatted(way.command(), way.note());
    }

    static String inWords(Duration time) {
        long seconds = time.toSeconds();
        return seconds % 60 == 0 ? "%d min".formatted(seconds / 60) : "%d s".formatted(seconds);
    }
}
