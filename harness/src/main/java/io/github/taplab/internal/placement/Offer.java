package io.github.taplab.internal.placement;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A host as a lab finds it that looks for one.
 *
 * @param host which one it is
 * @param mib the memory that labs may take there together
 * @param cores that it has
 * @param takenMib what other labs have of its memory
 * @param takenCores what they have of its cores, which may be more than there are
 * @param prepared how much of what the lab needs is there, see {@link LabHost}
 */
record Offer<H>(H host, long mib, int cores, long takenMib, int takenCores, int prepared) {

    /**
     * The one that a lab goes to now: where all its processors find a free core, else where they miss the fewest; of
     * those where most of what it needs is there; of those where least is taken, and then in the order of the list.
     *
     * @return empty: the lab has to wait for others to go
     */
    static <H> Optional<Offer<H>> best(List<Offer<H>> offers, LabSize lab) {
        long largest = offers.stream().mapToLong(Offer::mib).max().orElse(0);
        // Where no host is large enough it may be that the largest can do more than it was counted.
        long enough = Math.min(lab.mib(), largest);
        return first(
                offers.stream()
                        .filter(offer -> offer.mib >= enough && offer.hasRoomFor(lab))
                        .toList(),
                lab);
    }

    /** The same for a lab that must not wait: where memory is, or else where it misses least. */
    static <H> Optional<Offer<H>> atOnce(List<Offer<H>> offers, LabSize lab) {
        return best(offers, lab)
                .or(() -> offers.stream().min(Comparator.comparingDouble((Offer<H> offer) -> offer.memoryWith(lab))));
    }

    private static <H> Optional<Offer<H>> first(List<Offer<H>> offers, LabSize lab) {
        return offers.stream()
                .min(Comparator.comparingDouble((Offer<H> offer) -> Math.max(1, offer.coresWith(lab)))
                        .thenComparing(Offer::prepared, Comparator.reverseOrder())
                        .thenComparingDouble(offer -> Math.max(offer.memoryWith(lab), offer.coresWith(lab))));
    }

    private boolean hasRoomFor(LabSize lab) {
        return takenMib == 0 || takenMib + lab.mib() <= mib;
    }

    /** The share of the cores that is taken when the lab is there; more than 1: they are shared. */
    private double coresWith(LabSize lab) {
        return (takenCores + lab.cores()) / (double) Math.max(1, cores);
    }

    private double memoryWith(LabSize lab) {
        return (takenMib + lab.mib()) / (double) Math.max(1, mib);
    }
}
