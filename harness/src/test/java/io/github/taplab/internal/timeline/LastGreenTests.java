package io.github.taplab.internal.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.timeline.Event.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failed test is compared with its last green run. */
class LastGreenTests {

    private static final String TEST = "[engine:junit-jupiter]/[class:Specs]/[method:guestAnswers()]";

    private final Path folder;
    private final LastGreen green;

    LastGreenTests(@TempDir Path temporary) {
        folder = temporary.resolve("green");
        green = new LastGreen(folder);
    }

    private static Step step(String node, String call, String result) {
        return new Step(Instant.EPOCH, Duration.ZERO, node, call, result, false);
    }

    @Test
    void theFirstRunHasNothingToBeComparedWith() {
        assertThat(green.differences(TEST, List.of(step("client", "ping(198.18.0.4)", "silent"))))
                .isEmpty();
    }

    @Test
    void whatHasAnotherResultIsTold() {
        green.keep(TEST, List.of(step("client", "ping(198.18.0.4)", "answered"), step("guest", "ip()", "198.18.0.4")));

        assertThat(green.differences(
                        TEST,
                        List.of(step("client", "ping(198.18.3.4)", "silent"), step("guest", "ip()", "198.18.3.4"))))
                .containsExactly("client: ping(198.18.x.4): silent; it was: answered");
    }

    @Test
    void theSameInAnotherLabIsNoDifference() {
        green.keep(
                TEST,
                List.of(step("client", "whoHas(198.18.7.4)", "02:1a:12:07:00:02 after 12 ms, fd74:6170:6c62:1207::2")));

        assertThat(green.differences(
                        TEST,
                        List.of(step(
                                "client",
                                "whoHas(198.19.250.4)",
                                "02:1a:13:fa:00:02 after 7.5 ms, fd74:6170:6c62:13fa::2"))))
                .isEmpty();
    }

    @Test
    void anotherHostNumberIsOne() {
        green.keep(TEST, List.of(step("client", "whoHas(198.18.7.4)", "02:1a:12:07:00:02")));

        assertThat(green.differences(TEST, List.of(step("client", "whoHas(198.18.7.4)", "02:9e:00:00:00:04"))))
                .containsExactly("client: whoHas(198.18.x.4): 02:9e:00:00:00:04; it was: 02:1a:x:x:00:02");
    }

    @Test
    void theNthTimeBelongsToTheNthTime() {
        Step down = step("guest", "link(eth0)", "down");
        Step up = step("guest", "link(eth0)", "up");
        green.keep(TEST, List.of(up, down, up));

        assertThat(green.differences(TEST, List.of(up, up)))
                .containsExactly("guest: link(eth0): up; it was: down", "1 steps of then were not reached");
        assertThat(green.differences(TEST, List.of(up, down, up, down)))
                .containsExactly("guest: link(eth0): down; it was not asked then");
    }

    @Test
    void theLastGreenRunCounts() {
        green.keep(TEST, List.of(step("guest", "ip()", "198.18.0.4")));
        green.keep(TEST, List.of(step("guest", "ip()", "198.18.0.5")));

        assertThat(green.differences(TEST, List.of(step("guest", "ip()", "198.18.0.5"))))
                .isEmpty();
        assertThat(green.differences(TEST + "other", List.of(step("guest", "ip()", "198.18.0.7"))))
                .isEmpty();
    }

    @Test
    void manyDifferencesAreCounted() {
        green.keep(TEST, List.of());
        List<Step> many = IntStream.range(0, 100)
                .mapToObj(i -> step("guest", "run(echo " + i + ")", "done"))
                .toList();

        assertThat(green.differences(TEST, many)).hasSize(21).last().isEqualTo("… 80 lines more");
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws IOException {
        green.keep(TEST, List.of(step("guest", "ip()", "198.18.0.4")));
        try (var files = Files.list(folder)) {
            Files.writeString(files.findFirst().orElseThrow(), "[{\"step\":");
        }

        assertThat(green.differences(TEST, List.of(step("guest", "ip()", "198.18.0.5"))))
                .isEmpty();
    }
}
