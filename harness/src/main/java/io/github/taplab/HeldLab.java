package io.github.taplab;

import io.github.taplab.internal.config.Settings.Hold;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.hold.Holds;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.LabRequest;
import io.github.taplab.node.Node;
import java.util.List;
import java.util.stream.Collectors;
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
                .map(method -> "%s() has failed, and the lab of %s".formatted(method.getName(), lab.shortName()))
                .orElseGet(() -> "something has failed, and the lab of " + lab.shortName());
        hold(
                context,
                lab,
                "%s stays up as it is:%n%s".formatted(place, indented(String.valueOf(failure.getMessage()))));
    }

    /**
     * Holds what there is of a lab that has not started. Its class waits for it: where labs are held none is made
     * ahead, whose failure nobody would be there to look at.
     */
    static void atStart(Holds holds, LabRequest request, RunningLab lab, Throwable failure) {
        List<String> missing = lab.notRunning();
        String consoles = request.spec().guests().stream()
                .filter(guest -> missing.contains(guest.name()))
                .map(guest -> "%n  the console of %s is in %s on %s"
                        .formatted(guest.name(), GuestHandle.consoleLog(guest.name()), guest.launcher()))
                .collect(Collectors.joining());
        String name = lab.shortName();
        holds.hold(
                name,
                "the lab of %s has not started, and what there is of it stays up, without %s:%n%s%s"
                        .formatted(
                                name,
                                missing.isEmpty() ? "what comes last" : String.join(", ", missing),
                                indented(String.valueOf(failure.getMessage())),
                                consoles),
                lab.running());
    }

    /** Holds a lab where its test says so. */
    static void inTheMiddle(Holds holds, String name, List<Node> running) {
        holds.hold(name, "the lab of %s is held by its test".formatted(name), running);
    }

    private static String indented(String text) {
        return text.indent(4).stripTrailing();
    }

    /** Holds a lab that is about to be torn down. */
    static void atEnd(ExtensionContext context, RunningLab lab) {
        if (hold(context) == Hold.ALWAYS) {
            hold(context, lab, "the lab of %s stays up as its tests have left it".formatted(lab.shortName()));
        }
    }

    private static void hold(ExtensionContext context, RunningLab lab, String why) {
        SessionStart.of(context).holds().ifPresent(holds -> holds.hold(lab.shortName(), why, lab.running()));
    }

    private static Hold hold(ExtensionContext context) {
        return SessionStart.of(context).settings().hold();
    }
}
