package io.github.taplab.spec;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A spec that breaks its rules; it carries every broken rule, not only the first. */
@API(status = Status.STABLE, since = "0.1.0")
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
