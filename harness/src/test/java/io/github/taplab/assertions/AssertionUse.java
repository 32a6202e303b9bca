package io.github.taplab.assertions;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One assertion, with what it holds for, what it does not, and all that it says then.
 *
 * @param name of the method
 * @param subject what it is an assertion on
 * @param holds what it holds for
 * @param broken what it does not hold for
 * @param assertion calls it
 * @param ofNull what is expected, as it is told where nothing is there
 * @param message the whole text for what it does not hold for
 */
record AssertionUse<T extends LabAssert<T, A>, A>(
        String name, Subject<T, A> subject, A holds, A broken, Consumer<T> assertion, String ofNull, String message) {

    /**
     * What assertions are about.
     *
     * @param kind as it is told where nothing is there
     * @param maker of a plain assertion
     * @param soft maker of a soft one
     */
    record Subject<T extends LabAssert<T, A>, A>(
            String kind, Function<@Nullable A, T> maker, BiFunction<LabSoftAssertions, A, T> soft) {

        AssertionUse<T, A> use(
                String name,
                A holds,
                A broken,
                Consumer<T> assertion,
                String expected,
                String found,
                String... around) {
            String message =
                    "%s%n  expected: %s%n  found:    %s".formatted(around[0], indented(expected), indented(found));
            return new AssertionUse<>(
                    name,
                    this,
                    holds,
                    broken,
                    assertion,
                    expected,
                    around.length == 1 ? message : "%s%n  look at:  %s".formatted(message, indented(around[1])));
        }
    }

    private static String indented(String lines) {
        return lines.replace("\n", "\n            ");
    }

    T plain() {
        return subject.maker().apply(broken);
    }

    void callOnNull(String description) {
        T nothing = subject.maker().apply(null);
        assertion.accept(description.isEmpty() ? nothing : nothing.as(description));
    }

    void callOnWhatHolds() {
        assertion.accept(subject.maker().apply(holds));
    }

    void call(String description) {
        assertion.accept(plain().as(description));
    }

    void callWithMessage(String description, String instead) {
        assertion.accept(plain().as(description).withFailMessage(instead));
    }

    void callOverridden(String instead) {
        assertion.accept(plain().overridingErrorMessage(instead));
    }

    /** Twice in one chain. */
    void callSoftly(LabSoftAssertions softly) {
        T one = subject.soft().apply(softly, broken);
        assertion.accept(one);
        assertion.accept(one.as("again"));
    }

    @Override
    public String toString() {
        return subject.kind() + ": " + name;
    }
}
