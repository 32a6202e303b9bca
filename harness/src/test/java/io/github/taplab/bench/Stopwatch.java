package io.github.taplab.bench;

import io.github.taplab.spec.Attachment;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Keeps how long it takes from before a test has its lab until its method is done, and before each such sample takes
 * one of the floor. It stands before {@code @LabContainer}, so that it is asked first.
 */
final class Stopwatch
        implements BeforeAllCallback,
                BeforeClassTemplateInvocationCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(Stopwatch.class);
    private static final Map<String, AtomicInteger> BEGUN = new ConcurrentHashMap<>();

    /** The name of a figure that each attachment has; that of the first says nothing of it. */
    static String name(String name, Attachment attachment) {
        return attachment == Attachment.DIRECT
                ? name
                : "%s.%s".formatted(name, attachment.name().toLowerCase(Locale.ROOT));
    }

    // Before this a class with one attachment of several has its lab already.
    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) throws Exception {
        start(context);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (measured(context).fromClass() && attachment(context).isEmpty()) {
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
        String name = name(context);
        if (BEGUN.computeIfAbsent(name, unused -> new AtomicInteger()).incrementAndGet() > 1) {
            BenchRun.takeFloor(name);
            // Last of all.
            context.getStore(NAMESPACE).put(name, System.nanoTime());
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        long end = System.nanoTime();
        String name = name(context);
        Long start = context.getStore(NAMESPACE).get(name, Long.class);
        if (start != null && context.getExecutionException().isEmpty()) {
            BenchRun.FIGURES.value(name, Duration.ofNanos(end - start));
        }
    }

    private static String name(ExtensionContext context) {
        String name = measured(context).value();
        return attachment(context).map(attachment -> name(name, attachment)).orElse(name);
    }

    /** Which of several attachments its class has. */
    private static Optional<Attachment> attachment(ExtensionContext context) {
        return context.getConfigurationParameter("taplab.attachments").map(Attachment::valueOf);
    }

    private static Measured measured(ExtensionContext context) {
        return context.getRequiredTestClass().getAnnotation(Measured.class);
    }
}
