package io.github.taplab.internal.report;

import java.util.Map;

/**
 * A report that fits into its page.
 *
 * @param beside what does not: attachments by their path, seen from the page
 */
record Fitted(RunReport report, Map<String, Attachment> beside) {

    Fitted {
        beside = Map.copyOf(beside);
    }
}
