package io.github.taplab.internal.diagnosis;

import java.util.regex.Pattern;

/** What a message speaks of. */
final class Words {

    private Words() {}

    /** Whether it has these words in it, and not only as a part of longer ones: "guest" is not in "guest2". */
    static boolean names(String message, String words) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(words) + "(?![\\w-])")
                .matcher(message)
                .find();
    }
}
