package io.github.taplab.spec;

import java.util.List;
import java.util.Optional;

/** What a password may be, and what is shown of it. */
final class Passwords {

    private Passwords() {}

    /** A line's end would end it in whatever file it is handed over. */
    static void check(String attribute, Optional<String> password, List<String> problems) {
        password.filter(word -> word.isBlank() || word.chars().anyMatch(Character::isISOControl))
                .ifPresent(word -> problems.add("%s: blank, or with control characters".formatted(attribute)));
    }

    /** That there is one. */
    static String shown(Optional<String> password) {
        return password.isPresent() ? "(not shown)" : "(none)";
    }
}
