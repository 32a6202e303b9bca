package io.github.taplab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What {@code ci/chaos} runs; no part of a build. Rounds run side by side, those that need an engine of their own one
 * after the other.
 *
 * <p>System properties: {@code chaos.rounds}, {@code chaos.seed}, {@code chaos.kinds} (titles, separated by commas),
 * {@code chaos.only} (the numbers of a few rounds of the plan, separated by commas), {@code chaos.side} (how many at a
 * time), {@code chaos.engines} (addresses of further engines on which labs may be, separated by commas),
 * {@code chaos.patience} (how many times as long all may take on a busy machine), {@code chaos.keep} (the output of
 * good rounds too).
 */
@Tag("lab")
class ChaosRun {

    private static final Path LOGS = Path.of("target", "chaos");
    // No new round begins after that; each ends within its own bounds.
    private static final Duration LONGEST = Duration.ofMinutes(60);

    private final int count = Math.toIntExact(new Option("chaos.rounds").number(10));
    private final long seed = new Option("chaos.seed").number(1);
    private final Deque<Round> waiting = new ArrayDeque<>();
    private final List<Result> results = new ArrayList<>();
    private final List<String> unjudged = new ArrayList<>();
    private final List<String> engines = new ArrayList<>();
    private final long end = System.nanoTime() + LONGEST.toNanos();
    private Path folder = LOGS;
    private Path logs = LOGS;
    private boolean ownEngineIsBusy;
    private @Nullable OwnEngine own;

    @Test
    void faultsAtRandom() throws IOException, InterruptedException {
        List<String> titles = new Option("chaos.kinds").words();
        List<Round> plan = Plan.of(count, seed, titles.isEmpty() ? List.of(Kind.values()) : Kind.named(titles));
        logs = LOGS.resolve("seed-" + seed);
        folder = Files.createTempDirectory("chaos");
        Thread interrupted = new Thread(this::cleanUp, "chaos-clean-up");
        Runtime.getRuntime().addShutdownHook(interrupted);
        Set<String> taps = taps();
        List<String> strays;
        List<String> addresses = new Option("chaos.engines").words();
        List<Engine> further =
                addresses.stream().map(URI::create).map(Engine::at).toList();
        if (!further.isEmpty()) {
            engines.add("local");
            engines.addAll(addresses);
        }
        try (Engine usual = Engine.usual().and(further)) {
            Optional<Path> socket = socket();
            waiting.addAll(possible(plan, socket));
            String image = image();
            further.forEach(engine -> engine.load(usual, image));
            say("%d rounds, seed %d".formatted(waiting.size(), seed));
            runAll(usual, image, socket.orElse(null));
            cleanUp();
            strays = strays(usual, taps);
        } finally {
            cleanUp();
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
        results.sort(Comparator.comparing(result -> result.round().number()));
        strays.forEach(stray -> say("LEAK of the whole run: " + stray));
        String summary = Report.summary(results, strays, unjudged.size(), seed);
        Files.createDirectories(LOGS);
        Files.writeString(LOGS.resolve("summary.txt"), "%s%n%s%n".formatted(Report.table(results), summary));
        assertThat(Report.isGood(results, strays, unjudged.size())).as(summary).isTrue();
    }

    private List<Round> possible(List<Round> plan, Optional<Path> socket) {
        List<Long> only = new Option("chaos.only").numbers();
        List<Round> possible = new ArrayList<>();
        Set<String> skipped = new TreeSet<>();
        for (Round round : plan) {
            Optional<String> why =
                    switch (round.kind().needs()) {
                        case NOTHING -> Optional.empty();
                        case PROXY ->
                            socket.isPresent()
                                    ? Optional.empty()
                                    : Optional.of("the engine's socket is not a local one");
                        case OWN_ENGINE -> OwnEngine.impossible();
                    };
            why.ifPresent(reason ->
                    skipped.add("%s skipped: %s".formatted(round.kind().title(), reason)));
            if (why.isEmpty() && (only.isEmpty() || only.contains((long) round.number()))) {
                possible.add(round);
            }
        }
        skipped.forEach(ChaosRun::say);
        return possible;
    }

    private static Optional<Path> socket() {
        URI address =
                URI.create(Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock"));
        return "unix".equals(address.getScheme())
                ? Optional.of(Path.of(address.getPath())).filter(Files::exists)
                : Optional.empty();
    }

    private static String image() {
        try (Session session = Session.start(GivenSettings.read())) {
            return session.engines().get(0).host().image();
        }
    }

    private void runAll(Engine usual, String image, @Nullable Path socket) throws InterruptedException {
        int side = Math.toIntExact(new Option("chaos.side").number(2));
        CountDownLatch done = new CountDownLatch(side);
        for (int i = 0; i < side; i++) {
            Thread worker = new Thread(
                    () -> {
                        try {
                            work(usual, image, socket);
                        } finally {
                            done.countDown();
                        }
                    },
                    "chaos-worker-" + i);
            worker.setDaemon(true);
            worker.start();
        }
        done.await();
    }

    private void work(Engine usual, String image, @Nullable Path socket) {
        for (Optional<Round> next = next(); next.isPresent(); next = next()) {
            Round round = next.get();
            boolean isOwn = round.kind().needs() == Needs.OWN_ENGINE;
            try {
                OwnEngine engine = isOwn ? ownEngine(usual, image) : null;
                Result result = new RoundRun(
                                round, folder.resolve("r" + round.number()), logs, usual, engine, socket, engines)
                        .run();
                synchronized (this) {
                    results.add(result);
                    say(Report.line(result));
                }
            } catch (RuntimeException e) {
                synchronized (this) {
                    unjudged.add(round.title());
                    say("%3d %s: NOT JUDGED: %s"
                            .formatted(round.number(), round.title(), Judge.shortened(e.toString())));
                }
            } finally {
                if (isOwn) {
                    release();
                }
            }
        }
    }

    /** The next round that can run now; empty: none is left, or the time is up. */
    private synchronized Optional<Round> next() {
        while (!waiting.isEmpty()) {
            if (System.nanoTime() > end) {
                waiting.forEach(round -> unjudged.add(round.title()));
                say("No time is left for %d rounds".formatted(waiting.size()));
                waiting.clear();
                break;
            }
            Optional<Round> next = waiting.stream()
                    .filter(round -> !ownEngineIsBusy || round.kind().needs() != Needs.OWN_ENGINE)
                    .findFirst();
            if (next.isPresent()) {
                waiting.remove(next.get());
                ownEngineIsBusy |= next.get().kind().needs() == Needs.OWN_ENGINE;
                return next;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return Optional.empty();
    }

    private synchronized void release() {
        ownEngineIsBusy = false;
        notifyAll();
    }

    // Only one round at a time comes here.
    private OwnEngine ownEngine(Engine usual, String image) {
        OwnEngine present = own;
        if (present != null && !present.engine().answers()) {
            // The round before did not get it back.
            present.close();
            present = null;
        }
        if (present == null) {
            try {
                Files.createDirectories(logs);
                present = OwnEngine.start(folder.resolve("e"), logs.resolve("own-engine.log"), usual, image);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            own = present;
        }
        return present;
    }

    private synchronized void cleanUp() {
        if (own != null) {
            own.close();
            own = null;
        }
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                boolean gone = file.toFile().delete();
                assert gone || Files.notExists(file);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the rounds left together: it can't be told whose it is. */
    private List<String> strays(Engine usual, Set<String> before) {
        List<String> strays = new ArrayList<>();
        if (Files.exists(folder)) {
            strays.add("folder " + folder);
        }
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .forEach(process ->
                        strays.add("process " + process.info().commandLine().orElse("")));
        if (usual.containers("io.github.taplab.session").isEmpty()) {
            taps().stream().filter(tap -> !before.contains(tap)).forEach(tap -> strays.add("/dev/" + tap));
        } else {
            say("/dev/tap* not judged: others have labs on this engine");
        }
        return strays;
    }

    private static Set<String> taps() {
        try (Stream<Path> devices = Files.list(Path.of("/dev"))) {
            return new TreeSet<>(devices.map(device -> device.getFileName().toString())
                    .filter(name -> name.startsWith("tap"))
                    .toList());
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
