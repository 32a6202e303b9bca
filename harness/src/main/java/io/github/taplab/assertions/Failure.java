package io.github.taplab.assertions;

import io.github.taplab.internal.text.Visible;
import java.util.ArrayList;
import java.util.List;

/** The text of a failed assertion: what was looked at, what was expected, what was found, and what to look at next. */
final class Failure {

    private final List<String> lines = new ArrayList<>();

    private Failure(String subject) {
        lines.add(Visible.lines(subject));
    }

    static Failure of(String subject) {
        return new Failure(subject);
    }

    Failure expected(String what) {
        return line("expected", what);
    }

    Failure found(String what) {
        return line("found", what);
    }

    Failure lookAt(String what) {
        return line("look at", what);
    }

    private Failure line(String label, String what) {
        lines.add("  %-9s %s".formatted(label + ":", Visible.lines(what).strip().replace("\n", "\n            ")));
        return this;
    }

    // AssertJ formats a failure message with its arguments; ours is complete, and may hold percent signs of a tool's
    // output.
    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
