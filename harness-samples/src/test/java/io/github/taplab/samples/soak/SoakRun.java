package io.github.taplab.samples.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.taplab.samples.experiment.SoakedSpecs;
import io.github.taplab.samples.soak.Runs.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What {@code ci/soak} runs; no part of a build. The document's spec again and again, with all attachments, in rounds:
 * the classes of a round run side by side as those of a user do, with guests from snapshots and labs made ahead, and
 * every other round while as many threads as there are cores do nothing but count. Meanwhile memory, threads and file
 * descriptors of this JVM and of the engine are looked at, and have to stay where they are.
 *
 * <p>System property: {@code soak.runs}.
 */
@Tag("lab")
class SoakRun {

    private static final Path FOLDER = Path.of("target", "soak");
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    // JUnit's condition: the classes are disabled for all others.
    private static final String DEACTIVATE = "junit.jupiter.conditions.deactivate";
    private static final String DISABLED = "org.junit.*DisabledCondition";

    private final List<Run> idle = new ArrayList<>();
    private final List<Run> busy = new ArrayList<>();

    @Test
    void theDocumentsSpec() throws IOException {
        int count = Integer.getInteger("soak.runs", 10);
        List<Series> series;
        try (Sampler sampler = new Sampler(Gauge.all(), INTERVAL)) {
            int round = 0;
            for (int done = 0; done < count; round++) {
                List<Class<?>> classes =
                        SoakedSpecs.all().stream().limit(count - done).toList();
                round(done, round % 2 == 1, classes);
                done += classes.size();
            }
            series = sampler.series();
        }
        List<Verdict> verdicts =
                series.stream().map(each -> Verdict.of(each, count)).toList();
        write(count, verdicts);
        assertThat(failed()).as("runs that failed").isZero();
        assertThat(verdicts.stream().filter(Verdict::grows).map(Verdict::line))
                .as("what grows from run to run")
                .isEmpty();
    }

    @SuppressWarnings("try") // It counts as long as the block lasts.
    private void round(int done, boolean loaded, List<Class<?>> classes) {
        Runs runs = new Runs();
        try (Load load = new Load(loaded ? Runtime.getRuntime().availableProcessors() : 0)) {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .filters(EngineFilter.includeEngines("junit-jupiter"))
                                    .selectors(classes.stream()
                                            .map(each -> selectClass(each))
                                            .toArray(DiscoverySelector[]::new))
                                    .configurationParameter(DEACTIVATE, DISABLED)
                                    .build(),
                            runs);
        }
        int number = done;
        for (Run run : runs.of(classes)) {
            (loaded ? busy : idle).add(run);
            say(String.format(
                    Locale.ROOT,
                    "%3d %-14s %-4s %-6s %5.1f s%s",
                    ++number,
                    run.name(),
                    loaded ? "busy" : "idle",
                    run.passed() ? "passed" : "FAILED",
                    seconds(run.time()),
                    run.failure()
                            .map(why -> System.lineSeparator() + "    " + why)
                            .orElse("")));
        }
    }

    private void write(int count, List<Verdict> verdicts) throws IOException {
        String summary = Stream.of(
                        Stream.of(times("idle", idle), times("busy", busy)),
                        verdicts.stream().map(Verdict::line),
                        Stream.of("soak: %d runs, %d failed, %d of %d measures grow"
                                .formatted(
                                        count,
                                        failed(),
                                        verdicts.stream().filter(Verdict::grows).count(),
                                        verdicts.size())))
                .flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
        Files.createDirectories(FOLDER);
        Files.writeString(
                FOLDER.resolve("soak.svg"), SoakPlot.of("%d runs of the document's spec".formatted(count), verdicts));
        Files.writeString(FOLDER.resolve("summary.txt"), summary);
    }

    private long failed() {
        return Stream.concat(idle.stream(), busy.stream())
                .filter(run -> !run.passed())
                .count();
    }

    /** Medians and the like of runs that passed: the time of one that failed says nothing. */
    private static String times(String name, List<Run> runs) {
        List<Duration> times =
                runs.stream().filter(Run::passed).map(Run::time).sorted().toList();
        return times.isEmpty()
                ? name + ": none"
                : String.format(
                        Locale.ROOT,
                        "%s: %d runs, p50 %.1f s, p95 %.1f s, max %.1f s",
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
}
