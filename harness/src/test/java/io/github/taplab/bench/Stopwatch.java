package io.github.taplab.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Keeps how long it takes from before a test has its lab until its method is done, and before each such sample takes
 * one of the floor. It stands before {@code @LabContainer}, so that it is asked first.
 */
final class Stopwatch implements BeforeAllCallback, BeforeEachCallback, AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(Stopwatch.class);
    private static final Map<String, AtomicInteger> BEGUN = new ConcurrentHashMap<>();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (measured(context).fromClass()) {
            start(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (!measured(context).fromClass()) {
            start(context);
        }
    }

    private static void start(ExtensionContext context) throws Exception {
        String name = measured(context).value();
        if (BEGUN.computeIfAbsent(name, unused -> new AtomicInteger()).incrementAndGet() > 1) {
            BenchRun.takeFloor(name);
            // Last of all.
            context.getStore(NAMESPACE).put(name, System.nanoTime());
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        long end = System.nanoTime();
        String name = measured(context).value();
        Long start = context.getStore(NAMESPACE).get(name, Long.class);
        if (start != null && context.getExecutionException().isEmpty()) {
            BenchRun.FIGURES.value(name, Duration.ofNanos(end - start));
        }
    }

    private static Measured measured(ExtensionContext context) {
        return context.getRequiredTestClass().getAnnotation(Measured.class);
    }
}
