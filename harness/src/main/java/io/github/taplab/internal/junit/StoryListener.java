package io.github.taplab.internal.junit;

import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Tells a run as a story, a line a test with its mark, and under it what the test reported, where
 * {@code taplab.story=true}. The lines are the display names, so it reads best where classes run one after the other.
 */
public final class StoryListener implements TestExecutionListener {

    private static final int SECONDS_COLUMN = 96;

    private final PrintStream out = System.out;
    private volatile boolean enabled;
    private final Map<String, Instant> started = new ConcurrentHashMap<>();
    private final Map<String, List<String>> entries = new ConcurrentHashMap<>();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        enabled = wanted(SettingSource.of(plan.getConfigurationParameters()::get));
    }

    private static boolean wanted(SettingSource source) {
        try {
            return Settings.story(source);
        } catch (IllegalArgumentException toldElsewhere) {
            // JUnit would only log it. SettingsListener tells it, and the first lab is refused.
            return false;
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (enabled) {
            started.put(test.getUniqueId(), Instant.now());
            if (test.isContainer() && depth(test) > 0) {
                out.printf("%n%s%s%n", "  ".repeat(depth(test) - 1), test.getDisplayName());
            }
        }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        if (enabled) {
            entry.getKeyValuePairs()
                    .forEach((key, value) -> entries.computeIfAbsent(
                                    test.getUniqueId(), unused -> new CopyOnWriteArrayList<>())
                            .add(key + ": " + value));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (enabled) {
            tell(test, "-", skipped, reason);
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!enabled || (test.isContainer() && result.getStatus() == Status.SUCCESSFUL)) {
            return;
        }
        String reason = result.getThrowable().map(Throwable::getMessage).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> tell(test, "✔", passed, "");
            case ABORTED -> tell(test, "-", skipped, reason);
            case FAILED -> tell(test, "✘", failed, reason);
        }
    }

    private void tell(TestIdentifier test, String mark, AtomicInteger counter, String reason) {
        counter.incrementAndGet();
        String line = "%s%s %s".formatted("  ".repeat(depth(test)), mark, test.getDisplayName());
        Instant start = started.get(test.getUniqueId());
        if (start == null) {
            out.println(line);
        } else {
            double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
            out.printf("%-" + SECONDS_COLUMN + "s %5.1f s%n", line, seconds);
        }
        Stream.concat(entries.getOrDefault(test.getUniqueId(), List.of()).stream(), reason.lines())
                .forEach(detail -> out.printf("%s%s%n", "  ".repeat(depth(test) + 1), detail));
        out.flush();
    }

    /** 0 for the engine, 1 for a class, 2 for its methods and nested classes. */
    private static int depth(TestIdentifier test) {
        return test.getUniqueIdObject().getSegments().size() - 1;
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (enabled && passed.get() + failed.get() + skipped.get() > 0) {
            Instant jvm = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
            out.printf(
                    "%n%d steps: %d passed, %d failed, %d skipped; %.1f s from the start of the JVM to the end of the teardown%n",
                    passed.get() + failed.get() + skipped.get(),
                    passed.get(),
                    failed.get(),
                    skipped.get(),
                    Duration.between(jvm, Instant.now()).toMillis() / 1000.0);
            out.flush();
        }
    }
}
