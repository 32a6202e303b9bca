package io.github.taplab.internal.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the JVMs that Surefire, or Failsafe, starts for a run. With {@code reuseForks=false} they follow each other,
 * one a class, and what an earlier one has written must stay.
 *
 * @param run when it began, as all of its JVMs are told
 * @param number counts those side by side
 */
record Fork(String run, int number) {

    /** The only JVM of its run. */
    static final Fork NONE = new Fork("", 1);

    // "surefirebooter-….jar …/target/surefire 2026-11-29T01-02-27_298-jvmRun1 …": no property says it.
    private static final Pattern COMMAND =
            Pattern.compile(" (\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d_\\d{3})-jvmRun(\\d{1,6})( |$)");

    /**
     * Reads it from what a JVM runs.
     *
     * @param command as {@code sun.java.command} has it; none where a JVM does not say
     */
    static Fork of(@Nullable String command) {
        return Optional.ofNullable(command)
                .map(COMMAND::matcher)
                .filter(Matcher::find)
                .map(found -> new Fork(found.group(1), Integer.parseInt(found.group(2))))
                .orElse(NONE);
    }

    /** What its page is called: JVMs side by side must not write over each other's. */
    String page() {
        return number <= 1 ? "report.html" : "report-%d.html".formatted(number);
    }

    /** Whether a file is called as a JVM's page is. */
    static boolean isPage(String name) {
        return name.matches("report(-[0-9]+)?\\.html");
    }

    /** Whether a page tells of an earlier JVM of the same run. */
    boolean goesOn(RunReport page) {
        return !run.isEmpty() && run.equals(page.build());
    }
}
