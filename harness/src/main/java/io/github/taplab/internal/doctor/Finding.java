package io.github.taplab.internal.doctor;

import io.github.taplab.internal.config.EngineName;

/**
 * One line of what is known of a machine.
 *
 * @param grade whether labs can do with it
 * @param what was looked at
 * @param found what there is
 * @param remedy what to do about it; empty: nothing
 */
public record Finding(Grade grade, String what, String found, String remedy) {

    /** Whether labs can do with what was found. */
    public enum Grade {
        OK("ok"),
        /** Labs run, but slower, or not those of all specs. */
        NOTE("note"),
        /** No lab can run. */
        MISSING("missing");

        private final String word;

        Grade(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** The same of one of several engines. */
    Finding of(EngineName engine) {
        return new Finding(grade, "%s, %s".formatted(what, engine), found, remedy);
    }

    static Finding ok(String what, String found) {
        return new Finding(Grade.OK, what, found, "");
    }

    static Finding note(String what, String found, String remedy) {
        return new Finding(Grade.NOTE, what, found, remedy);
    }

    static Finding missing(String what, String found, String remedy) {
        return new Finding(Grade.MISSING, what, found, remedy);
    }

    /**
     * What a message says that names its remedy after the first of these words, as all of the harness's own do.
     *
     * @param before the remedy: "; " or ": "
     */
    static Finding missing(String what, String message, String before, String otherwise) {
        String words = message.strip();
        int cut = words.indexOf(before);
        return cut < 0
                ? missing(what, words, otherwise)
                : missing(what, words.substring(0, cut), words.substring(cut + before.length()));
    }
}
