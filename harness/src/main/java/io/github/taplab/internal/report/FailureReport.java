package io.github.taplab.internal.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * What a test, or a class, failed with.
 *
 * @param message without its causes
 * @param causes what in the lab may be behind it, a sentence each
 */
public record FailureReport(String message, List<String> causes, String stackTrace) {

    private static final String CAUSE = "cause:";
    // A failure of many soft assertions was seen to have 40,000 characters.
    private static final int LONGEST_TRACE = 60_000;

    public FailureReport {
        causes = List.copyOf(causes);
    }

    static FailureReport of(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        return new FailureReport(
                String.join("\n", text.lines().filter(line -> !isCause(line)).toList())
                        .strip(),
                text.lines()
                        .filter(FailureReport::isCause)
                        .map(line -> line.strip().substring(CAUSE.length()).strip())
                        .toList(),
                trace(failure));
    }

    static FailureReport unknown() {
        return new FailureReport("it failed, and nobody said why", List.of(), "");
    }

    private static boolean isCause(String line) {
        return line.strip().startsWith(CAUSE);
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return Cut.after(LONGEST_TRACE, text.toString());
    }
}
