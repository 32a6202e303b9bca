package io.github.taplab.internal.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What a run of many classes makes of equal hosts, where as many classes run at a time as there are cores: the placer's
 * choice, and no time that passes.
 */
final class Simulation {

    static final int CORES = 8;
    private static final long MIB = 24_576;
    private static final LabSize LAB = new LabSize(224, 1);
    // A first lab of a host was seen to wait so long for the lab image, which was brought from another engine.
    static final int IMAGE_SECONDS = 20;

    private final int[] takenCores;
    private final boolean[] prepared;
    private final int[] labs;
    private final PriorityQueue<End> ends = new PriorityQueue<>((one, other) -> Long.compare(one.at, other.at));
    private long now;

    /**
     * A lab that goes.
     *
     * @param at second of the run
     */
    private record End(long at, int host) {}

    private Simulation(int hosts) {
        takenCores = new int[hosts];
        prepared = new boolean[hosts];
        labs = new int[hosts];
    }

    /**
     * How a run came out.
     *
     * @param seconds that it took
     * @param labs how many each host had
     */
    record Result(long seconds, List<Integer> labs) {}

    static Result run(int hosts, List<Integer> classes) {
        Simulation run = new Simulation(hosts);
        classes.forEach(run::place);
        while (!run.ends.isEmpty()) {
            run.awaitEnd();
        }
        return new Result(run.now, Arrays.stream(run.labs).boxed().toList());
    }

    private void place(int seconds) {
        if (ends.size() == takenCores.length * CORES) {
            awaitEnd();
        }
        int host = Offer.best(offers(), LAB).orElseThrow().host();
        takenCores[host]++;
        labs[host]++;
        ends.add(new End(now + seconds + (prepared[host] ? 0 : IMAGE_SECONDS), host));
    }

    private List<Offer<Integer>> offers() {
        List<Offer<Integer>> offers = new ArrayList<>();
        for (int host = 0; host < takenCores.length; host++) {
            offers.add(new Offer<>(
                    host,
                    MIB,
                    CORES,
                    takenCores[host] * LAB.mib(),
                    takenCores[host],
                    prepared[host] ? LabHost.ALL_PREPARED : LabHost.NOT_PREPARED));
        }
        return offers;
    }

    private void awaitEnd() {
        End end = ends.remove();
        now = end.at();
        takenCores[end.host()]--;
        prepared[end.host()] = true;
    }

    /** Prints what N hosts bring, a line each. */
    public static void main(String[] unused) {
        System.out.printf("%5s %9s %9s  %s%n", "hosts", "seconds", "faster", "labs a host");
        List<Integer> classes = SimulationTests.CLASSES;
        double one = run(1, classes).seconds();
        for (int hosts = 1; hosts <= 64; hosts *= 2) {
            Result result = run(hosts, classes);
            System.out.printf(
                    "%5d %9d %8.1fx  %d to %d%n",
                    hosts,
                    result.seconds(),
                    one / result.seconds(),
                    Collections.min(result.labs()),
                    Collections.max(result.labs()));
        }
    }
}
