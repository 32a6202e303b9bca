package io.github.taplab.assertions;

import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * What all assertions on a lab have in common: that nothing is there is told too, and a failure has its description, or
 * the message that was given instead.
 */
abstract class LabAssert<SELF extends LabAssert<SELF, A>, A> extends AbstractAssert<SELF, A> {

    private final String kind;

    /**
     * Assertions on one thing.
     *
     * @param kind what it is, with its article
     */
    LabAssert(@Nullable A actual, Class<SELF> self, String kind) {
        super(actual, self);
        this.kind = kind;
    }

    /** The beginning of a failure: what was looked at, and where. */
    abstract String subject();

    /** Where to look next; empty: nowhere. */
    abstract String lookAt();

    /** What the assertion is about. That it is null is told with what was expected of it. */
    final A given(String expected) {
        if (actual == null) {
            throw failure("%s", "Expecting actual not to be null but %s, with: %s".formatted(kind, expected));
        }
        return actual;
    }

    final SELF check(Predicate<A> holds, String expected, Function<A, String> found) {
        A present = given(expected);
        return require(holds.test(present), expected, () -> found.apply(present));
    }

    final SELF require(boolean holds, String expected, Finding found) {
        return require(holds, expected, found, this::lookAt);
    }

    final SELF require(boolean holds, String expected, Finding found, Finding lookAt) {
        if (!holds) {
            Failure failure = Failure.of(subject()).expected(expected).found(found.words());
            String next = lookAt.words();
            throw failure("%s", next.isEmpty() ? failure : failure.lookAt(next));
        }
        return myself;
    }

    /** Gives what this one asks on the way the same description. */
    final <T extends LabAssert<T, ?>> T described(T asked) {
        if (info.hasDescription()) {
            asked.info.description(info.description());
        }
        String instead = info.overridingErrorMessage();
        if (instead != null) {
            asked.info.overridingErrorMessage(instead);
        }
        return asked;
    }

    /** What was found instead, put into words only where it is told. */
    interface Finding {

        String words();
    }
}
