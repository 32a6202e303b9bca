package io.github.taplab.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.spec.Attachment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTests {

    private static final List<Kind> ALL = List.of(Kind.values());

    @Test
    void sameSeedSamePlan() {
        assertThat(Plan.of(100, 7, ALL)).isEqualTo(Plan.of(100, 7, ALL));
    }

    @Test
    void otherSeedOtherPlan() {
        assertThat(Plan.of(100, 7, ALL)).isNotEqualTo(Plan.of(100, 8, ALL));
    }

    @Test
    void shortPlanIsTheBeginningOfALongOne() {
        assertThat(Plan.of(10, 7, ALL)).isEqualTo(Plan.of(100, 7, ALL).subList(0, 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -5, Long.MAX_VALUE})
    void hundredRoundsHaveEveryKindTwiceAndAllAttachments(long seed) {
        List<Round> plan = Plan.of(100, seed, ALL);

        Map<Kind, Long> counts = plan.stream().collect(Collectors.groupingBy(Round::kind, Collectors.counting()));
        assertThat(counts.keySet()).containsExactlyInAnyOrder(Kind.values());
        assertThat(counts.values()).allMatch(count -> count >= 2);
        assertThat(plan).extracting(Round::attachment).contains(Attachment.values());
    }

    @Test
    void sevenRoundsOfAKindHaveAllOfItsMoments() {
        List<Kind> kinds = List.of(Kind.JVM_KILLED, Kind.QEMU_KILLED);

        List<Round> plan = Plan.of(14, 5, kinds);

        for (Kind kind : kinds) {
            assertThat(plan.stream().filter(round -> round.kind() == kind).map(Round::moment))
                    .containsAll(kind.moments());
        }
    }

    @Test
    void momentAndAttachmentAreThoseOfTheKind() {
        assertThat(Plan.of(1000, 3, ALL)).allSatisfy(round -> {
            assertThat(round.kind().moments()).contains(round.moment());
            assertThat(round.kind().attachments()).contains(round.attachment());
            assertThat(round.pause().toMillis())
                    .isBetween(0L, (long) round.moment().longestPause());
        });
    }

    @Test
    void kindsCanBeChosenByTheirTitles() {
        assertThat(Kind.named(List.of("jvm-killed", "disk-full"))).containsExactly(Kind.JVM_KILLED, Kind.DISK_FULL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kind.named(List.of("flood")))
                .withMessageStartingWith("No kind of fault \"flood\", there are [jvm-killed, jvm-terminated, ");
    }

    @Test
    void aFaultInTheStartOfAWarmLabMayPassUnseen() {
        List<Round> rounds = Plan.of(1000, 3, List.of(Kind.QEMU_KILLED, Kind.GUEST_PANICS_AT_BOOT));

        assertThat(rounds).anyMatch(round -> round.warm() && round.moment() == Moment.GUEST_BOOTS);
        assertThat(rounds)
                .filteredOn(round -> round.moment().isInStart())
                .allMatch(round -> round.expected().colour()
                        == (round.warm() ? Expected.Colour.GREEN_OR_RED : Expected.Colour.RED));
        assertThat(rounds)
                .filteredOn(round -> round.moment() == Moment.IN_TEST)
                .allMatch(round -> round.expected().colour() == Expected.Colour.RED);
        assertThat(rounds)
                .filteredOn(round -> round.kind() == Kind.GUEST_PANICS_AT_BOOT)
                .noneMatch(Round::warm);
    }

    @Test
    void afterTheTestEveryKindExpectsGreenOrNothing() {
        Function<Kind, Expected.Colour> colour =
                kind -> kind.expected(Moment.TEARDOWN).colour();
        assertThat(Arrays.stream(Kind.values()).map(colour))
                .containsOnly(Expected.Colour.GREEN, Expected.Colour.UNTOLD);
    }
}
