package io.github.taplab.samples.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Hears how the classes of one round end, and how long each takes from its start to the end of its test. */
final class Runs implements TestExecutionListener {

    private final Map<String, Entry> runs = new TreeMap<>();

    /**
     * How a class ended.
     *
     * @param name of the class, in short
     * @param failure empty, if it passed
     */
    record Run(String name, Optional<String> failure, Duration time) {

        boolean passed() {
            return failure.isEmpty();
        }
    }

    private static final class Entry {

        private final long start = System.nanoTime();
        private long end = start;
        private int passed;
        private final List<String> failures = new ArrayList<>();
    }

    @Override
    public synchronized void executionStarted(TestIdentifier part) {
        className(part).ifPresent(name -> runs.computeIfAbsent(name, fresh -> new Entry()));
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier part, String reason) {
        className(part)
                .ifPresent(name -> runs.computeIfAbsent(name, fresh -> new Entry())
                        .failures
                        .add("skipped: " + reason));
    }

    @Override
    public synchronized void executionFinished(TestIdentifier part, TestExecutionResult result) {
        className(part).map(runs::get).ifPresent(entry -> {
            entry.end = System.nanoTime();
            if (result.getStatus() != Status.SUCCESSFUL) {
                entry.failures.add(result.getThrowable().map(String::valueOf).orElse("aborted"));
            } else if (part.isTest()) {
                entry.passed++;
            }
        });
    }

    private static Optional<String> className(TestIdentifier part) {
        TestSource source = part.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            return Optional.of(method.getClassName());
        }
        return source instanceof ClassSource ofClass ? Optional.of(ofClass.getClassName()) : Optional.empty();
    }

    /** Those of these classes, in this order; one that was not heard of has failed. */
    synchronized List<Run> of(List<Class<?>> classes) {
        return classes.stream()
                .map(each -> run(each.getSimpleName(), runs.get(each.getName())))
                .toList();
    }

    private static Run run(String name, @Nullable Entry entry) {
        if (entry == null) {
            return new Run(name, Optional.of("it did not run"), Duration.ZERO);
        }
        if (entry.failures.isEmpty() && entry.passed != 1) {
            entry.failures.add("%d tests passed instead of one".formatted(entry.passed));
        }
        return new Run(name, entry.failures.stream().findFirst(), Duration.ofNanos(entry.end - entry.start));
    }
}
