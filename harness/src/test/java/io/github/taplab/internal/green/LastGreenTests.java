package io.github.taplab.internal.green;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.internal.timeline.Event.TestBegan;
import io.github.taplab.internal.timeline.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failed test is compared with its last green run. */
class LastGreenTests {

    private static final String TEST = "[engine:junit-jupiter]/[class:Specs]/[method:guestAnswers()]";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String LAB = "a lab of its kind";

    private final Path folder;
    private final LastGreen green;

    LastGreenTests(@TempDir Path temporary) {
        folder = temporary.resolve("green");
        green = at(NOW);
    }

    private LastGreen at(Instant now) {
        return new LastGreen(folder, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Step step(String node, String call, String result) {
        return new Step(Instant.EPOCH, Duration.ZERO, node, call, result, false);
    }

    private static Sight seen(Tables tables, Step... steps) {
        Timeline timeline = new Timeline();
        timeline.add(new TestBegan(Instant.EPOCH, TEST, "guest answers"));
        List.of(steps).forEach(timeline::add);
        return Sight.of(timeline, TEST, tables);
    }

    private static Sight seen(Step... steps) {
        return seen(Tables.NONE, steps);
    }

    private static Tables tables(Instant at, String node, String... lines) {
        return new Tables(LAB, at.getEpochSecond(), Map.of(node, List.of(lines)));
    }

    @Test
    void theFirstRunHasNothingToBeComparedWith() {
        assertThat(green.differences(TEST, seen(step("client", "ping(198.18.0.4)", "silent"))))
                .isEmpty();
        assertThat(green.knows(TEST)).isFalse();
    }

    @Test
    void whatHasAnotherResultIsTold() {
        green.keep(TEST, seen(step("client", "ping(198.18.0.4)", "answered"), step("guest", "ip()", "198.18.0.4")));

        assertThat(green.knows(TEST)).isTrue();
        assertThat(green.differences(
                        TEST, seen(step("client", "ping(198.18.3.4)", "silent"), step("guest", "ip()", "198.18.3.4"))))
                .containsExactly("client: ping(198.18.x.4): silent; it was: answered");
    }

    @Test
    void theSameInAnotherLabIsNoDifference() {
        green.keep(
                TEST,
                seen(step("client", "whoHas(198.18.7.4)", "02:1a:12:07:00:02 after 12 ms, fd74:6170:6c62:1207::2")));

        assertThat(green.differences(
                        TEST,
                        seen(step(
                                "client",
                                "whoHas(198.19.250.4)",
                                "02:1a:13:fa:00:02 after 7.5 ms, fd74:6170:6c62:13fa::2"))))
                .isEmpty();
    }

    @Test
    void anotherHostNumberIsOne() {
        green.keep(TEST, seen(step("client", "whoHas(198.18.7.4)", "02:1a:12:07:00:02")));

        assertThat(green.differences(TEST, seen(step("client", "whoHas(198.18.7.4)", "02:9e:00:00:00:04"))))
                .containsExactly("client: whoHas(198.18.x.4): 02:9e:00:00:00:04; it was: 02:1a:x:x:00:02");
    }

    @Test
    void theNthTimeBelongsToTheNthTime() {
        Step down = step("guest", "link(eth0)", "down");
        Step up = step("guest", "link(eth0)", "up");
        green.keep(TEST, seen(up, down, up));

        assertThat(green.differences(TEST, seen(up, up)))
                .containsExactly("guest: link(eth0): up; it was: down", "1 steps of then were not reached");
        assertThat(green.differences(TEST, seen(up, down, up, down)))
                .containsExactly("guest: link(eth0): down; it was not asked then");
    }

    @Test
    void theLastGreenRunCounts() {
        green.keep(TEST, seen(step("guest", "ip()", "198.18.0.4")));
        green.keep(TEST, seen(step("guest", "ip()", "198.18.0.5")));

        assertThat(green.differences(TEST, seen(step("guest", "ip()", "198.18.0.5"))))
                .isEmpty();
        assertThat(green.differences(TEST + "other", seen(step("guest", "ip()", "198.18.0.7"))))
                .isEmpty();
    }

    @Test
    void manyDifferencesAreCounted() {
        green.keep(TEST, seen());
        Step[] many = IntStream.range(0, 100)
                .mapToObj(i -> step("guest", "run(echo " + i + ")", "done"))
                .toArray(Step[]::new);

        assertThat(green.differences(TEST, seen(many))).hasSize(21).last().isEqualTo("… 80 lines more");
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws IOException {
        green.keep(TEST, seen(step("guest", "ip()", "198.18.0.4")));
        try (var files = Files.list(folder)) {
            Files.writeString(files.findFirst().orElseThrow(), "[{\"step\":");
        }

        assertThat(green.differences(TEST, seen(step("guest", "ip()", "198.18.0.5"))))
                .isEmpty();
        assertThat(green.wantsTables(TEST, LAB)).isFalse();
    }

    @Test
    void aLineOfATableThatIsNewOrMissingIsTold() {
        green.keep(TEST, seen(tables(NOW, "client", "route default via 198.18.x.1", "link eth0")));

        assertThat(green.differences(
                        TEST, seen(tables(NOW, "client", "link eth0", "neighbour 198.18.x.5 did not answer"))))
                .containsExactly(
                        "client: there now and not then: neighbour 198.18.x.5 did not answer",
                        "client: there then and not now: route default via 198.18.x.1");
    }

    @Test
    void ofANodeThatIsSeenInOneRunOnlyThatIsTold() {
        green.keep(TEST, seen(tables(NOW, "guest", "link eth0")));

        assertThat(green.differences(TEST, seen(tables(NOW, "client", "link eth0"))))
                .containsExactly("client: its tables were not seen then", "guest: its tables can't be seen now");
    }

    @Test
    void whereNoTablesAreKnownNothingIsSaidOfThem() {
        green.keep(TEST, seen());

        assertThat(green.differences(TEST, seen(tables(NOW, "client", "link eth0"))))
                .isEmpty();
    }

    @Test
    void aPhaseThatIsNewOrMissingIsToldAndNotItsTime() {
        green.keep(TEST, new Sight(List.of(), List.of("guest goes on", "network"), Tables.NONE));

        assertThat(green.differences(TEST, new Sight(List.of(), List.of("guest boot", "network"), Tables.NONE)))
                .containsExactly(
                        "start: \"guest boot\" is a part of it now and was not then",
                        "start: \"guest goes on\" was a part of it then and is not now");
    }

    @Test
    void tablesAreLookedAtFromTheSecondRunOnOncePerDayUnlessTheTestDoesSomethingElse() {
        assertThat(green.wantsTables(TEST, LAB)).isFalse();

        green.keep(TEST, seen(step("guest", "ip()", "198.18.0.4")));

        assertThat(green.wantsTables(TEST, LAB)).isTrue();

        green.keep(TEST, seen(tables(NOW, "client", "link eth0")));

        assertThat(green.wantsTables(TEST, LAB)).isFalse();
        assertThat(green.wantsTables(TEST, "another")).isTrue();
        assertThat(at(NOW.plus(Duration.ofHours(23))).wantsTables(TEST, LAB)).isFalse();
        assertThat(at(NOW.plus(Duration.ofHours(25))).wantsTables(TEST, LAB)).isTrue();
    }

    @Test
    void whatATestSeesTheTablesOfIsItsLabAndWhatItAsks() {
        Step ping = step("client", "ping(198.18.7.4)", "answered");
        String once = Tables.of("lab", List.of(ping));

        assertThat(Tables.of("lab", List.of(step("client", "ping(198.18.3.4)", "silent"), ping)))
                .isEqualTo(once);
        assertThat(Tables.of("another", List.of(ping))).isNotEqualTo(once);
        assertThat(Tables.of("lab", List.of(ping, step("client", "mac()", "02"))))
                .isNotEqualTo(once);
    }

    @Test
    void aRunWithoutALookKeepsTheTablesOfTheOneBefore() {
        green.keep(TEST, seen(tables(NOW, "client", "link eth0")));
        green.keep(TEST, seen(step("guest", "ip()", "198.18.0.4")));

        assertThat(green.wantsTables(TEST, LAB)).isFalse();
        assertThat(green.differences(
                        TEST, seen(tables(NOW, "client", "link eth1"), step("guest", "ip()", "198.18.0.4"))))
                .containsExactly(
                        "client: there now and not then: link eth1", "client: there then and not now: link eth0");
    }
}
