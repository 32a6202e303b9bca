package io.github.taplab.chaos;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs one round: starts a lab, waits for the moment, does the thing, and looks what comes of it. */
final class RoundRun {

    private static final Duration LEASE_ENDS = Patience.of(Duration.ofSeconds(15));
    private static final Duration ENGINE_REMOVES = Patience.of(Duration.ofSeconds(5));
    private static final Duration NEXT_SESSION = Patience.of(Duration.ofSeconds(60));

    private final Round round;
    private final Path folder;
    private final Path logs;
    private final Engine engine;
    private final @Nullable OwnEngine own;
    private final @Nullable Path engineSocket;
    private final List<String> engines;

    /**
     * A round.
     *
     * @param folder for temporary files, of this round alone
     * @param logs where the JVM's output is kept if anything is wrong
     * @param usual the engine, unless this kind needs one of its own
     * @param engineSocket of the usual engine
     * @param engines names of those on which labs may be, unless this kind needs one of its own; empty: the usual one
     */
    RoundRun(
            Round round,
            Path folder,
            Path logs,
            Engine usual,
            @Nullable OwnEngine own,
            @Nullable Path engineSocket,
            List<String> engines) {
        this.round = round;
        this.folder = folder;
        this.logs = logs;
        this.own = own;
        this.engine = own == null ? usual : own.engine();
        this.engineSocket = engineSocket;
        this.engines = own != null || round.kind().needs() == Needs.PROXY ? List.of() : engines;
    }

    Result run() {
        try {
            Path temporary = Files.createDirectories(folder.resolve("t"));
            CuttingProxy proxy = engineSocket == null || round.kind().needs() != Needs.PROXY
                    ? null
                    : new CuttingProxy(folder.resolve("proxy"), engineSocket);
            try (proxy;
                    ExperimentJvm jvm =
                            ExperimentJvm.start(RunExperiment.class, temporary, environment(proxy), options())) {
                try {
                    return watched(jvm, new Scene(round, jvm, engine, proxy, own), temporary);
                } finally {
                    // Whatever it left shall be in no other round's way.
                    jvm.kill();
                    engine.removeAll(jvm.label());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment(@Nullable CuttingProxy proxy) {
        if (proxy != null) {
            return Map.of("DOCKER_HOST", proxy.address().toString());
        }
        return own == null ? Map.of() : Map.of("DOCKER_HOST", own.address().toString());
    }

    private List<String> options() {
        List<String> options = new ArrayList<>(round.kind().options());
        options.add("-Dchaos.attachment=" + round.attachment());
        options.add("-Dchaos.moment=" + round.moment());
        options.add("-Dchaos.way=" + round.way());
        options.add("-Dtaplab.boot=" + (round.warm() ? "either" : "cold"));
        options.addAll(onEngines());
        if (round.separateThread()) {
            options.add("-Djunit.jupiter.execution.timeout.thread.mode.default=SEPARATE_THREAD");
        }
        return options;
    }

    // Of equal ones a lab goes to the first.
    private List<String> onEngines() {
        List<String> rotated = new ArrayList<>(engines);
        Collections.rotate(rotated, round.number());
        return rotated.isEmpty() ? List.of() : List.of("-Dtaplab.engines=" + String.join(",", rotated));
    }

    private Result watched(ExperimentJvm jvm, Scene scene, Path temporary) throws IOException {
        Expected expected = round.expected().times();
        try {
            scene.await(round.moment());
        } catch (DeadlineExceededException e) {
            return late(jvm, scene, expected);
        }
        String state;
        boolean hit;
        try {
            state = scene.state();
            hit = round.kind().fault().inflict(scene);
        } catch (RuntimeException e) {
            keep(jvm, "the fault could not be inflicted: " + e);
            throw e;
        }
        long fault = System.nanoTime();
        List<Engine.Box> boxes = jvm.isAlive() || own == null ? engine.containers(jvm.label()) : List.of();
        if (!round.kind().options().contains("-Dchaos.inside=true")) {
            // Perhaps it has ended, or does not wait.
            boolean told = jvm.tell("go");
            assert told || !jvm.isAlive() || round.moment() != Moment.IN_TEST;
        }
        boolean untold = expected.colour() == Expected.Colour.UNTOLD;
        boolean told =
                untold ? jvm.awaitEnd(expected.verdict()) : jvm.awaitLine(RoundRun::isDecisive, expected.verdict());
        boolean over = told && jvm.awaitEnd(expected.end());
        if (!over) {
            jvm.dumpThreads();
            jvm.kill();
        }
        boolean killed = round.kind().leavesNoTimeToClean() || !over;
        List<String> leaks = new ArrayList<>(left(jvm, killed));
        leaks.addAll(processesOf(boxes));
        if (!killed) {
            leaks.addAll(files(temporary));
        }
        long verdict = decided(jvm, fault);
        Outcome outcome = new Outcome(
                hit,
                state,
                jvm.lines().stream()
                        .flatMap(line -> Part.in(line.text()).stream())
                        .toList(),
                told ? Optional.of(Duration.ofNanos(Math.max(0, verdict - fault))) : Optional.empty(),
                over ? Optional.of(Duration.ofNanos(Math.max(0, jvm.endNanos() - verdict))) : Optional.empty(),
                leaks);
        Result result = new Result(round, outcome, Judge.of(expected, outcome));
        if (!result.judgement().isGood() || Boolean.getBoolean("chaos.keep")) {
            keep(jvm, Report.line(result));
        }
        return result;
    }

    /** A lab that nothing was done to, and that did not come so far. */
    private Result late(ExperimentJvm jvm, Scene scene, Expected expected) throws IOException {
        String state = "did not come so far: " + scene.state();
        jvm.dumpThreads();
        Outcome outcome = new Outcome(false, state, List.of(), Optional.empty(), Optional.empty(), List.of());
        Result result = new Result(round, outcome, Judge.of(expected, outcome));
        keep(jvm, Report.line(result));
        return result;
    }

    private static boolean isDecisive(String line) {
        return Part.in(line)
                .filter(part -> part.isTest() || part.isClass() || !part.passed())
                .isPresent();
    }

    /** When the verdict came: with the first part that did not pass, or the last test. */
    private static long decided(ExperimentJvm jvm, long fault) {
        long decided = -1;
        for (ExperimentJvm.Line line : jvm.lines()) {
            Optional<Part> part = Part.in(line.text());
            if (part.isPresent() && !part.get().passed()) {
                return line.nanos();
            }
            if (part.filter(Part::isTest).isPresent()) {
                decided = line.nanos();
            }
        }
        return decided < 0 ? Math.max(fault, jvm.isAlive() ? fault : jvm.endNanos()) : decided;
    }

    private List<String> left(ExperimentJvm jvm, boolean killed) {
        if (!killed && own == null) {
            return awaitNone(jvm.label(), ENGINE_REMOVES, false);
        }
        // Containers end by themselves; networks are the next session's, and so are containers that never started.
        List<String> containers = awaitNone(jvm.label(), LEASE_ENDS, true);
        if (!containers.isEmpty()) {
            return containers;
        }
        try (ExperimentJvm next = ExperimentJvm.start(NextSession.class, folder, environment(null), onEngines())) {
            if (!next.awaitLine(line -> line.contains(ExperimentJvm.OVER), NEXT_SESSION)) {
                return List.of("the next session does not start: " + Judge.shortened(next.output()));
            }
        }
        return engine.leftovers(jvm.label());
    }

    private List<String> awaitNone(String label, Duration deadline, boolean containersOnly) {
        try {
            Waiting.until("nothing is left", deadline, () -> left(label, containersOnly), List::isEmpty);
            return List.of();
        } catch (DeadlineExceededException e) {
            return left(label, containersOnly);
        }
    }

    private List<String> left(String label, boolean containersOnly) {
        return containersOnly ? engine.started(label) : engine.leftovers(label);
    }

    /** Processes that belong to these containers, where this machine is the engine's. */
    private static List<String> processesOf(List<Engine.Box> boxes) {
        if (boxes.isEmpty()) {
            return List.of();
        }
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> boxes.stream()
                            .anyMatch(box -> cgroups(process.pid()).contains(box.id())))
                    .map(process -> "process %d %s"
                            .formatted(process.pid(), process.info().command().orElse("?")))
                    .toList();
        }
    }

    private static String cgroups(long pid) {
        try {
            return Files.readString(Path.of("/proc/%d/cgroup".formatted(pid)));
        } catch (IOException goneMeanwhile) {
            return "";
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> "temporary file " + file.getFileName()).toList();
        }
    }

    private void keep(ExperimentJvm jvm, String headline) throws IOException {
        Files.createDirectories(logs);
        Files.writeString(
                logs.resolve("round-%03d-%s.log"
                        .formatted(round.number(), round.kind().title())),
                "%s%n%s%n%n%s%n".formatted(round, headline, jvm.output()));
    }
}
