package io.github.taplab.samples;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The README's list of questions, made of what the specs say that they answer. */
final class QuestionPage {

    private static final String BEGIN = "<!-- questions: made of the specs' @Question -->\n";
    private static final String END = "<!-- end of the questions -->\n";

    /** A thread in a tracker that is known by its project and a number. */
    private static final Pattern NUMBERED =
            Pattern.compile("https://github\\.com/[^/]+/([^/]+)/(?:issues|pull)/(\\d+)");

    private static final Pattern BUG = Pattern.compile("https://bugs\\.launchpad\\.net/([^/]+)/\\+bug/(\\d+)");

    private QuestionPage() {}

    /**
     * The part of a page that is made of the specs.
     *
     * @param samples in the order of their numbers
     */
    static String of(List<SampleSource> samples) {
        return samples.stream()
                .flatMap(sample -> questionsOf(sample).map(question -> row(sample, question)))
                .collect(Collectors.joining(
                        "", BEGIN + "| question | answer | spec | asked in |\n|---|---|---|---|\n", END));
    }

    static Stream<Question> questionsOf(SampleSource sample) {
        return Arrays.stream(sample.type().getAnnotationsByType(Question.class));
    }

    private static String row(SampleSource sample, Question question) {
        return "| %s | %s | %d.%d `%s` | %s |\n"
                .formatted(
                        question.value(),
                        question.answer(),
                        sample.order() / 100,
                        sample.order() % 100,
                        sample.className(),
                        Arrays.stream(question.asked()).map(QuestionPage::link).collect(Collectors.joining(", ")));
    }

    private static String link(String thread) {
        return "[%s](%s)".formatted(name(thread), thread);
    }

    static String name(String thread) {
        return Stream.of(NUMBERED, BUG)
                .map(form -> form.matcher(thread))
                .filter(Matcher::matches)
                .map(found -> found.group(1) + "#" + found.group(2))
                .findFirst()
                .orElseGet(() -> thread.replaceFirst("^https?://([^/]+).*", "$1"));
    }
}
