package io.github.taplab.chaos;

import java.util.List;
import java.util.stream.Stream;

/** What {@code ci/chaos} was told: a system property that may be missing. */
record Option(String property) {

    /** Its words, between commas. */
    List<String> words() {
        return Stream.of(System.getProperty(property, "").split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Its words as numbers. */
    List<Long> numbers() {
        return words().stream().map(this::number).toList();
    }

    /** Its number, or another one where it is missing. */
    long number(long otherwise) {
        List<Long> numbers = numbers();
        if (numbers.size() > 1) {
            throw new IllegalArgumentException("-D%s takes one number, not %s".formatted(property, numbers));
        }
        return numbers.isEmpty() ? otherwise : numbers.get(0);
    }

    private long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-D%s takes numbers, not '%s'".formatted(property, word), e);
        }
    }
}
