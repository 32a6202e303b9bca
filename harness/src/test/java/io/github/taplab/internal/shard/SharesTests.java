package io.github.taplab.internal.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharesTests {

    private static Map<String, Duration> seconds(Map<String, Integer> of) {
        return of.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Duration.ofSeconds(each.getValue())));
    }

    @Test
    void theLongestGoFirstToWhoHasLeastToDo() {
        Shares shares = new Shares(2, seconds(Map.of("a.A", 9, "a.B", 5, "a.C", 4, "a.D", 1)));

        // 9 : 5, 9 : 5+4, and of two that have as much to do the first gets the next.
        assertThat(Map.of(
                        "a.A", shares.of("a.A"),
                        "a.B", shares.of("a.B"),
                        "a.C", shares.of("a.C"),
                        "a.D", shares.of("a.D")))
                .isEqualTo(Map.of("a.A", 1, "a.B", 2, "a.C", 2, "a.D", 1));
    }

    @Test
    void aClassStaysWhole() {
        Shares shares = new Shares(3, seconds(Map.of("a.A", 2, "a.A$One", 2, "a.A$Two", 2, "a.B", 5, "a.C", 4)));

        assertThat(List.of(shares.of("a.A"), shares.of("a.A$One"), shares.of("a.A$Two"), shares.of("a.A$New")))
                .containsOnly(1);
        assertThat(List.of(shares.of("a.B"), shares.of("a.C"))).containsExactly(2, 3);
    }

    @Test
    void classesThatNobodyKnowsAreSpreadByTheirNames() {
        Shares shares = new Shares(4, Map.of());

        Map<Integer, Long> sizes = IntStream.range(0, 1000)
                .mapToObj(number -> shares.of("io.example.Number%dTests".formatted(number)))
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));

        assertThat(sizes.keySet()).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(sizes.values()).allSatisfy(size -> assertThat(size).isBetween(200L, 300L));
    }

    /** Each JVM computes it for itself: in whatever order it has read the times, they have to agree. */
    @Property
    void everyShardComputesTheSame(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 3) Integer> times,
            @ForAll @IntRange(min = 1, max = 7) int count) {
        Map<String, Duration> oneWay = new LinkedHashMap<>();
        Map<String, Duration> theOther = new LinkedHashMap<>();
        for (int i = 0; i < times.size(); i++) {
            oneWay.put("a.Class" + i, Duration.ofSeconds(times.get(i)));
            int last = times.size() - 1 - i;
            theOther.put("a.Class" + last, Duration.ofSeconds(times.get(last)));
        }
        Shares one = new Shares(count, oneWay);
        Shares other = new Shares(count, new HashMap<>(theOther));

        assertThat(oneWay.keySet()).allSatisfy(name -> {
            assertThat(one.of(name)).isEqualTo(other.of(name)).isBetween(1, count);
        });
    }

    /** Graham's bound, against what no way of dealing them out can beat: the mean, and the longest. */
    @Property
    void noShardHasMuchMoreToDoThanItMust(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 300) Integer> times,
            @ForAll @IntRange(min = 1, max = 8) int count) {
        Map<String, Integer> seconds = new HashMap<>();
        for (int i = 0; i < times.size(); i++) {
            seconds.put("a.Class" + i, times.get(i));
        }
        Shares shares = new Shares(count, seconds(seconds));

        int[] load = new int[count];
        seconds.forEach((name, time) -> load[shares.of(name) - 1] += time);
        double mean = times.stream().mapToInt(each -> each).sum() / (double) count;
        int longest = times.stream().mapToInt(each -> each).max().orElseThrow();
        assertThat(IntStream.of(load).max().orElseThrow()).isLessThanOrEqualTo((int) Math.ceil(mean + longest));
    }
}
