package io.github.taplab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What {@code ci/bench} runs; no part of a build. Nothing here fails because of a time: a machine is as fast as it is.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BenchRun {

    static final Figures FIGURES = new Figures();

    private static final Path FOLDER = Path.of("target");
    private static final int SAMPLES = 10;
    private static final Duration DOCUMENT = Duration.ofSeconds(440);
    private static final Duration TEARDOWN = Duration.ofSeconds(60);
    private static final List<Integer> LABS = List.of(1, 2, 4, 8, 16, 32);
    private static final List<Double> MEMORY = Collections.synchronizedList(new ArrayList<>());

    private static volatile String image = "";
    private static volatile String mac = "";
    private static volatile List<String> qemu = List.of();

    /** What the QEMU of a cold guest was started with. */
    static void model(String guestMac, List<String> commandLine) {
        mac = guestMac;
        // It stands still until it is told to go on.
        qemu = commandLine.stream().filter(word -> !word.equals("-S")).toList();
    }

    /** What a lab takes of memory, in MiB. */
    static void memory(double mebibytes) {
        MEMORY.add(mebibytes);
    }

    /** Before a sample of a figure: one of its floor. */
    static void takeFloor(String name) throws Exception {
        switch (name) {
            case "class.ready.warm", "class.ready.warm.libvirt", "class.ready.warm.debian-cloud" -> {
                awaitQuiet();
                Floor.container(FIGURES, name, image);
            }
            case "class.ready.cold" -> {
                awaitQuiet();
                Floor.coldLab(FIGURES, name, image, mac, qemu);
            }
            default -> {
                // Taken elsewhere.
            }
        }
    }

    // The end of one lab must not be a part of the next one's beginning.
    private static void awaitQuiet() {
        Waiting.until(
                "no container of a lab is there",
                TEARDOWN,
                () -> Command.run(
                        "docker",
                        "ps",
                        "--all",
                        "--filter",
                        "label=io.github.taplab.session",
                        "--format",
                        "{{.Names}}"),
                // The session's own stays for as long as the session.
                names -> names.lines().allMatch(name -> name.contains("-host-")));
    }

    // Whatever an earlier bench has left there would be for some of the tests and not for others.
    @TempDir
    static Path cache = FOLDER;

    @Test
    @Order(1)
    void figures() throws Exception {
        image = new BuiltImages(GivenSettings.read()).lab().tag();
        // Whatever is made once for all is made before.
        run(Map.of(), Cases.Model.class, Cases.Commands.class, Cases.Experiment.class);
        FIGURES.clear();

        run(Map.of(), Cases.Warm.class, Cases.WarmLibvirt.class, Cases.Cold.class, Cases.Reset.class);
        for (Attachment attachment : List.of(Attachment.DIRECT, Attachment.PRE_CREATED, Attachment.QEMU)) {
            run(
                    Map.of("taplab.attachments", attachment.name(), "taplab.cache", ownCache(attachment.name())),
                    Cases.pooled().toArray(Class<?>[]::new));
            FIGURES.floorOf(Stopwatch.name("class.ready.pooled", attachment), "class.ready.warm.libvirt");
        }
        run(Map.of(), Cases.Commands.class);
        write();
        experimentAndTeardown();
        write();
        for (int labs : LABS) {
            manyLabs(labs);
        }
        write();
        run(Map.of(), Cases.WarmDebianCloud.class);
        write();
    }

    // Tests that run again would have their tables looked at, once.
    private static String ownCache(String name) {
        return cache.resolve(name).toString();
    }

    /** What it costs a class that passes that the frames of its lab are kept: the same without, in turn. */
    @Test
    @Order(2)
    void evidence() throws Exception {
        run(Map.of(), Cases.Passing.class);
        for (int sample = 0; sample < SAMPLES; sample++) {
            boolean keptFirst = sample % 2 == 0;
            passing(keptFirst);
            passing(!keptFirst);
        }
        write();
    }

    private static void passing(boolean kept) {
        long start = System.nanoTime();
        run(Map.of("taplab.rings", kept ? "on" : "off"), Cases.Passing.class);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (kept) {
            FIGURES.value("evidence.cost", took);
        } else {
            FIGURES.floor("evidence.cost", took);
        }
    }

    /** What there is so far: a run takes long, and may be ended before. */
    private static void write() throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("bench.json"), FIGURES.json());
        Files.writeString(FOLDER.resolve("bench.md"), "%s%n```%n%s```%n".formatted(FIGURES.table(), FIGURES.chart()));
    }

    private static void experimentAndTeardown() throws Exception {
        for (int sample = 0; sample < SAMPLES; sample++) {
            Floor.removal(FIGURES, "teardown", image);
            LastTest last = new LastTest();
            long start = System.nanoTime();
            requireGreen(run(Map.of(), List.of(Cases.Experiment.class), last));
            long end = System.nanoTime();
            FIGURES.value("experiment", Duration.ofNanos(last.end - start));
            FIGURES.floor("experiment", DOCUMENT);
            FIGURES.value("teardown", Duration.ofNanos(end - last.end));
        }
    }

    private static void manyLabs(int labs) {
        String name = "labs." + labs;
        MEMORY.clear();
        long start = System.nanoTime();
        TestExecutionSummary summary = run(
                Map.of(
                        "taplab.cache", ownCache(name),
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", Integer.toString(labs)),
                Cases.many(labs),
                new LastTest());
        FIGURES.value(name, Duration.ofNanos(System.nanoTime() - start));
        FIGURES.floorIs(name, "labs.1");
        FIGURES.other(name, "mib", Figure.median(List.copyOf(MEMORY)));
        FIGURES.other(name, "failures", (double) summary.getTotalFailureCount());
    }

    private static void run(Map<String, String> parameters, Class<?>... cases) {
        requireGreen(run(parameters, List.of(cases), new LastTest()));
    }

    private static TestExecutionSummary run(
            Map<String, String> parameters, List<Class<?>> cases, TestExecutionListener listener) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        request()
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .selectors(cases.stream()
                                        .map(each -> selectClass(each))
                                        .toArray(DiscoverySelector[]::new))
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                .configurationParameter("taplab.cache", cache.toString())
                                .configurationParameters(parameters)
                                .build(),
                        summary,
                        listener);
        return summary.getSummary();
    }

    private static void requireGreen(TestExecutionSummary summary) {
        assertThat(summary.getFailures().stream().map(failure -> failure.getException()))
                .isEmpty();
        assertThat(summary.getTestsSucceededCount()).isPositive();
    }

    /** When the last test was over. */
    private static final class LastTest implements TestExecutionListener {

        private volatile long end;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                end = System.nanoTime();
            }
        }
    }
}
