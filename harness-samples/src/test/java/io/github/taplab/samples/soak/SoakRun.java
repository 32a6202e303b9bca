package io.github.taplab.samples.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.taplab.spec.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What {@code ci/soak} runs; no part of a build. The document's spec again and again, with one attachment after the
 * other, and every other time while as many threads as there are cores do nothing but count.
 *
 * <p>System property: {@code soak.runs}.
 */
@Tag("lab")
class SoakRun {

    private static final Class<?> SPEC = DuplicateIpTests.class;
    private static final List<Attachment> ATTACHMENTS = List.of(Attachment.values());
    private static final Path SUMMARY = Path.of("target", "soak", "summary.txt");

    private record Run(boolean loaded, boolean passed, Duration time) {}

    @Test
    void theDocumentsSpec() throws IOException {
        int count = Integer.getInteger("soak.runs", 10);
        List<Run> runs = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Attachment attachment = ATTACHMENTS.get(number % ATTACHMENTS.size());
            boolean loaded = number % 2 == 0;
            try (Load load = new Load(loaded ? Runtime.getRuntime().availableProcessors() : 0)) {
                long start = System.nanoTime();
                TestExecutionSummary summary = run(attachment);
                Run run = new Run(loaded, isGreen(summary), Duration.ofNanos(System.nanoTime() - start));
                runs.add(run);
                say("%3d %-11s %-4s %-6s %5.1f s"
                        .formatted(number, attachment, load, run.passed() ? "passed" : "FAILED", seconds(run.time())));
                summary.getFailures().forEach(failure -> say("    " + failure.getException()));
            }
        }
        String summary = "%s%n%s%nsoak: %d runs, %d failed%n"
                .formatted(
                        times("idle", runs.stream().filter(run -> !run.loaded()).toList()),
                        times("busy", runs.stream().filter(Run::loaded).toList()),
                        runs.size(),
                        failed(runs));
        Files.createDirectories(SUMMARY.getParent());
        Files.writeString(SUMMARY, summary);
        assertThat(failed(runs)).as("runs that failed").isZero();
    }

    private static TestExecutionSummary run(Attachment attachment) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(SPEC))
                                .configurationParameter("taplab.attachments", attachment.name())
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static boolean isGreen(TestExecutionSummary summary) {
        return summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() == 1;
    }

    private static long failed(List<Run> runs) {
        return runs.stream().filter(run -> !run.passed()).count();
    }

    /** Medians and the like of runs that passed: the time of one that failed says nothing. */
    private static String times(String name, List<Run> runs) {
        List<Duration> times =
                runs.stream().filter(Run::passed).map(Run::time).sorted().toList();
        return times.isEmpty()
                ? name + ": none"
                : "%s: %d runs, p50 %.1f s, p95 %.1f s, max %.1f s"
                        .formatted(
                                name,
                                runs.size(),
                                seconds(part(times, 0.5)),
                                seconds(part(times, 0.95)),
                                seconds(part(times, 1)));
    }

    /** The smallest time that at least this part of all do not exceed. */
    private static Duration part(List<Duration> sorted, double part) {
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Threads that do nothing but count. */
    private static final class Load implements AutoCloseable {

        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean over;

        Load(int cores) {
            for (int i = 0; i < cores; i++) {
                Thread thread = new Thread(this::count, "soak-load");
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        }

        private void count() {
            while (!over) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            over = true;
        }

        @Override
        public String toString() {
            return threads.isEmpty() ? "idle" : "busy";
        }
    }
}
