package io.github.taplab.internal.report;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a run's page is called: JVMs that Surefire runs side by side must not write over each other's. */
final class PageName {

    private static final String FORK = "surefire.forkNumber";

    private PageName() {}

    static String of(UnaryOperator<@Nullable String> properties) {
        String fork = properties.apply(FORK);
        return fork == null || fork.equals("1") || !fork.matches("[0-9]{1,6}")
                ? "report.html"
                : "report-%s.html".formatted(fork);
    }
}
