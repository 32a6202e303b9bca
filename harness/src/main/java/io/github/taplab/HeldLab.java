package io.github.taplab;

import io.github.taplab.internal.config.Settings.Hold;
import io.github.taplab.internal.lab.RunningLab;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A lab that stays up for a person to look at, where the run was asked for that ({@code taplab.hold}). */
final class HeldLab {

    private HeldLab() {}

    /** Holds a lab in which something has failed, as it is now. */
    static void afterFailure(ExtensionContext context, RunningLab lab, Throwable failure) {
        if (hold(context) == Hold.NEVER) {
            return;
        }
        String place = context.getTestMethod()
                .map(method -> "%s() has failed, and the lab of %s".formatted(method.getName(), name(context)))
                .orElseGet(() -> "something has failed, and the lab of " + name(context));
        hold(
                context,
                lab,
                "%s stays up as it is:%n%s".formatted(place, indented(String.valueOf(failure.getMessage()))));
    }

    private static String indented(String text) {
        return text.indent(4).stripTrailing();
    }

    /** Holds a lab that is about to be torn down. */
    static void atEnd(ExtensionContext context, RunningLab lab) {
        if (hold(context) == Hold.ALWAYS) {
            hold(context, lab, "the lab of %s stays up as its tests have left it".formatted(name(context)));
        }
    }

    private static void hold(ExtensionContext context, RunningLab lab, String why) {
        SessionStart.of(context).holds().ifPresent(holds -> holds.hold(name(context), why, lab.running()));
    }

    private static Hold hold(ExtensionContext context) {
        return SessionStart.of(context).settings().hold();
    }

    private static String name(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName();
    }
}
