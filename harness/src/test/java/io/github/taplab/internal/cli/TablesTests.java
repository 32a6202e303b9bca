package io.github.taplab.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.doctor.Finding;
import io.github.taplab.internal.doctor.Finding.Grade;
import io.github.taplab.internal.stock.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTests {

    private static final Instant NOW = Instant.parse("2026-11-29T04:00:00Z");
    private static final Finding GOOD = new Finding(Grade.OK, "Java", "17", "");
    private static final Finding SLOW = new Finding(Grade.NOTE, "KVM", "guests are emulated", "load kvm_intel");
    private static final Finding BAD = new Finding(Grade.MISSING, "Docker engine", "none answers", "start one");

    @Test
    void aFindingHasItsRemedyBelow() {
        assertThat(DoctorTable.lines(List.of(GOOD, SLOW, BAD)))
                .containsExactly(
                        "ok       Java           17",
                        "note     KVM            guests are emulated",
                        "                        -> load kvm_intel",
                        "missing  Docker engine  none answers",
                        "                        -> start one",
                        "",
                        "No lab can run here: Docker engine");
    }

    @Test
    void onlyWhatIsMissingKeepsLabsFromRunning() {
        assertThat(DoctorTable.canRunLabs(List.of(GOOD, SLOW))).isTrue();
        assertThat(DoctorTable.canRunLabs(List.of(GOOD, BAD))).isFalse();
        assertThat(DoctorTable.lines(List.of(GOOD, SLOW))).endsWith("", "Labs can run here.");
    }

    @Test
    void anItemHasItsSizeAndAge() {
        Item known = new Item(
                Item.Kind.IMAGE,
                "taplab/lab:1",
                Optional.of(new ByteSize(3 << 20)),
                Optional.of(NOW.minus(Duration.ofHours(3))),
                Item.Status.OLD,
                List.of());
        Item unknown =
                new Item(Item.Kind.SNAPSHOT, "s", Optional.empty(), Optional.empty(), Item.Status.IN_USE, List.of());

        assertThat(StockTable.lines(List.of(known, unknown), NOW))
                .containsExactly(
                        "what          status  size   age  name",
                        "Docker image  old     3 MiB  3 h  taplab/lab:1",
                        "snapshot      in use  ?      ?    s",
                        "",
                        "2 items, at most 3 MiB, without those whose size is not known");
        assertThat(StockTable.lines(List.of(), NOW)).containsExactly("nothing");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0 min", "PT-5M, 0 min", "PT119M, 119 min", "PT2H, 2 h", "PT47H, 47 h", "PT48H, 2 days"})
    void ageIsInTheLargestUnitOfWhichThereAreTwo(Duration since, String words) {
        assertThat(StockTable.age(since)).isEqualTo(words);
    }
}
