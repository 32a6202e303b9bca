package io.github.taplab.samples;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A row of the table of the samples.
 *
 * @param chapter its number and its name, as in {@code 1.3 experiment}
 * @param className simple name of the class
 * @param rule what the class is about, in a sentence
 * @param holds the methods that show it
 * @param broken the methods in which it is broken on purpose, or why there are none
 */
record ChapterRow(String chapter, String className, String rule, String holds, String broken) {

    private static final Pattern README = Pattern.compile(
            // The last cell is for people: whether the rule is macvtap's own, or everybody's.
            "^\\| (\\d+\\.\\d+ \\w+) \\| `(\\w+)` \\| (.*?) \\| (.*?) \\| (.*?)"
                    + " \\| (?:macvtap's|everybody's|in part|not tried|–) \\|$",
            Pattern.MULTILINE);
    private static final Pattern JAVADOC = Pattern.compile(
            "<tr><td>(.*?)</td>\\s*<td>`(\\w+)`</td>\\s*<td>(.*?)</td>\\s*<td>(.*?)</td>\\s*<td>(.*?)</td></tr>",
            Pattern.DOTALL);
    private static final Pattern NAMED = Pattern.compile("`(\\w+)`");

    static List<ChapterRow> ofReadme(String page) {
        return rows(README, page);
    }

    static List<ChapterRow> ofJavadoc(String source) {
        return rows(
                JAVADOC,
                source.replaceAll("\\n \\*", " ")
                        .replaceAll("\\{@code (.*?)}", "`$1`")
                        .replaceAll(" +", " "));
    }

    private static List<ChapterRow> rows(Pattern row, String text) {
        return row.matcher(text)
                .results()
                .map(found ->
                        new ChapterRow(found.group(1), found.group(2), found.group(3), found.group(4), found.group(5)))
                .toList();
    }

    /** The methods that it names. */
    List<String> methods() {
        return Stream.of(holds, broken).flatMap(ChapterRow::named).toList();
    }

    /** Whether both sides are told: by a method, the second also by why there is none. */
    boolean isWhole() {
        return !rule.isBlank()
                && named(holds).findAny().isPresent()
                && (broken.startsWith("none: ") || named(broken).findAny().isPresent());
    }

    private static Stream<String> named(String cell) {
        return NAMED.matcher(cell).results().map(name -> name.group(1));
    }
}
