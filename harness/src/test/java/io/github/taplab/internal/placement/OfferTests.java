package io.github.taplab.internal.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which host a lab goes to. */
class OfferTests {

    private static final LabSize LAB = new LabSize(200, 1);

    private static Offer<String> empty(String name, long mib, int cores) {
        return new Offer<>(name, mib, cores, 0, 0, LabHost.NOT_PREPARED);
    }

    private static Offer<String> with(String name, long takenMib, int takenCores, int prepared) {
        return new Offer<>(name, 1000, 4, takenMib, takenCores, prepared);
    }

    private static String best(Offer<String> one, Offer<String> other) {
        return Offer.best(List.of(one, other), LAB).map(Offer::host).orElse("none");
    }

    @Test
    void whereThereIsNoHostThereIsNone() {
        assertThat(Offer.best(List.<Offer<String>>of(), LAB)).isEmpty();
    }

    @Test
    void ofEqualOnesTheFirst() {
        assertThat(best(empty("a", 1000, 4), empty("b", 1000, 4))).isEqualTo("a");
    }

    @Test
    void theLargerOneIsLessTaken() {
        assertThat(best(empty("a", 1000, 2), empty("b", 1000, 8))).isEqualTo("b");
        assertThat(best(empty("a", 1000, 4), empty("b", 500, 4))).isEqualTo("a");
    }

    @Test
    void memoryDecidesWhoCanHaveIt() {
        assertThat(best(with("a", 801, 0, 2), with("b", 800, 3, 0))).isEqualTo("b");
        assertThat(best(with("a", 801, 0, 2), with("b", 900, 0, 0))).isEqualTo("none");
    }

    @Test
    void whoHasImageAndSnapshotComesFirstAsLongAsACoreIsFree() {
        assertThat(best(empty("a", 1000, 4), with("b", 600, 3, 1))).isEqualTo("b");
        assertThat(best(with("a", 200, 1, 1), with("b", 600, 3, 2))).isEqualTo("b");
        assertThat(best(empty("a", 1000, 4), with("b", 600, 4, 2))).isEqualTo("a");
    }

    @Test
    void whereNoCoreIsFreeTheyAreSharedMostEvenly() {
        assertThat(best(with("a", 600, 6, 2), with("b", 600, 5, 0))).isEqualTo("b");
        assertThat(best(with("a", 600, 5, 0), with("b", 600, 5, 1))).isEqualTo("b");
    }

    @Test
    void ofThoseThatAreAsPreparedTheOneWhereLeastIsTaken() {
        assertThat(best(with("a", 400, 2, 2), with("b", 200, 1, 2))).isEqualTo("b");
        // A quarter of the memory counts as much as one of four cores.
        assertThat(best(with("a", 700, 0, 2), with("b", 200, 2, 2))).isEqualTo("b");
    }

    @Test
    void whatNoHostCanHaveGoesToTheLargestWhenThatIsEmpty() {
        LabSize huge = new LabSize(5000, 1);
        assertThat(Offer.best(List.of(empty("a", 500, 4), empty("b", 1000, 4)), huge))
                .map(Offer::host)
                .contains("b");
        assertThat(Offer.best(List.of(empty("a", 500, 4), with("b", 1, 1, 0)), huge))
                .isEmpty();
    }

    @Test
    void whatOneHostCanHaveWaitsForItAndIsNotSqueezedIntoAnother() {
        LabSize large = new LabSize(900, 1);
        assertThat(Offer.best(List.of(empty("a", 500, 4), with("b", 200, 1, 0)), large))
                .isEmpty();
    }

    @Test
    void whoMustNotWaitGoesWhereMemoryMissesLeast() {
        assertThat(Offer.atOnce(List.of(with("a", 950, 0, 0), with("b", 900, 3, 0)), LAB))
                .map(Offer::host)
                .contains("b");
        assertThat(Offer.atOnce(List.of(with("a", 950, 0, 0), with("b", 800, 3, 0)), LAB))
                .map(Offer::host)
                .contains("b");
        assertThat(Offer.atOnce(List.<Offer<String>>of(), LAB)).isEmpty();
    }

    @Property
    void theChoiceIsNeverOneWithoutMemoryNorOneThatMissesMoreCoresThanAnother(
            @ForAll @Size(max = 8) List<@IntRange(max = 4095) Integer> hosts) {
        List<Offer<Integer>> offers = hosts.stream()
                .map(bits -> new Offer<>(bits, 1000, 4, (bits & 15) * 100L, bits >> 4 & 15, (bits >> 8 & 15) % 3))
                .toList();

        Offer.best(offers, LAB)
                .ifPresentOrElse(
                        best -> {
                            assertThat(best.takenMib()).isLessThanOrEqualTo(800);
                            assertThat(offers)
                                    .filteredOn(offer -> offer.takenMib() <= 800)
                                    .allMatch(
                                            offer -> Math.max(3, offer.takenCores()) >= Math.max(3, best.takenCores()));
                        },
                        () -> assertThat(offers).noneMatch(offer -> offer.takenMib() <= 800));
    }
}
