package io.github.taplab.spec;

import java.util.List;

/** A spec that breaks its rules; it carries every broken rule, not only the first. */
public final class InvalidSpecException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidSpecException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence a broken rule: what was found and what is allowed. */
    public List<String> problems() {
        return problems;
    }

    static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
    }
}
