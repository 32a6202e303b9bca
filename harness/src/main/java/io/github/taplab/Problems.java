package io.github.taplab;

import io.github.taplab.spec.InvalidSpecException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is wrong with one part of a declaration; all of it is told at once. */
final class Problems {

    private final String where;
    private final List<String> found;

    /**
     * The problems of one part.
     *
     * @param where the part, before each of its problems
     * @param found gets them, and has those of other parts
     */
    Problems(String where, List<String> found) {
        this.where = where;
        this.found = found;
    }

    void add(String problem) {
        found.add(where + problem);
    }

    /** How many there are, of this part and of others. */
    int count() {
        return found.size();
    }

    /** What is made, or nothing if that is refused, with the reasons kept. */
    <T> Optional<T> checked(Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (InvalidSpecException e) {
            e.problems().forEach(this::add);
            return Optional.empty();
        }
    }
}
