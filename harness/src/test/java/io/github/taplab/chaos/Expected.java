package io.github.taplab.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What may come of a round.
 *
 * @param colour of the test run
 * @param words regular expressions, each of which a failure's message has to have, for its first line or a later one:
 *     who, and what happened to it
 * @param verdict how long after the fault the verdict may take
 * @param end how long after the verdict the JVM may take to end
 */
record Expected(Colour colour, List<String> words, Duration verdict, Duration end) {

    private static final Duration VERDICT = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(30);

    Expected {
        words = List.copyOf(words);
    }

    /** How a test run ends. */
    enum Colour {
        /** All that ran passed, and something did. */
        GREEN,
        /** Something failed. */
        RED,
        /** Either; if it failed, with the expected words. */
        GREEN_OR_RED,
        /** The JVM is gone before it can tell, or not. */
        UNTOLD
    }

    static Expected green() {
        return new Expected(Colour.GREEN, List.of(), VERDICT, END);
    }

    static Expected red(String who, String what) {
        return new Expected(Colour.RED, List.of(who, what), VERDICT, END);
    }

    static Expected greenOrRed(String who, String what) {
        return new Expected(Colour.GREEN_OR_RED, List.of(who, what), VERDICT, END);
    }

    /** The JVM itself is ended, which takes it at most that long. */
    static Expected untold(Duration end) {
        return new Expected(Colour.UNTOLD, List.of(), end, Duration.ZERO);
    }

    /** With all the patience that was asked for. */
    Expected times() {
        return new Expected(colour, words, Patience.of(verdict), Patience.of(end));
    }

    /** Another colour, in the same time. */
    Expected instead(Colour other) {
        return new Expected(other, words, verdict, end);
    }

    Expected within(Duration longest) {
        return new Expected(colour, words, longest, end);
    }
}
