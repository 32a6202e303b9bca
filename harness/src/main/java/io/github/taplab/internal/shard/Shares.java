package io.github.taplab.internal.shard;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which classes are whose. It depends on nothing but their names, the number of shares and how long classes took last
 * time, and not on which of them a JVM has found: build tools ask for one class at a time, and for all at once.
 *
 * <p>Classes that are known go, the longest first, to whoever has least to do yet (Graham's rule of the longest
 * processing time, SIAM J. Appl. Math. 17 (1969): at most 4/3 of the best that there is). Others are spread by the hash
 * of their names. Classes within a class go with it.
 */
final class Shares {

    private final int count;
    private final Map<String, Integer> known = new HashMap<>();

    /**
     * Those of a run.
     *
     * @param lastTime names of classes, and how long they took
     */
    Shares(int count, Map<String, Duration> lastTime) {
        this.count = count;
        long[] load = new long[count];
        lastTime.entrySet().stream()
                .collect(Collectors.groupingBy(
                        each -> outermost(each.getKey()),
                        Collectors.summingLong(each -> each.getValue().toMillis())))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(each -> {
                    int share = IntStream.range(0, count)
                            .boxed()
                            .min(Comparator.comparingLong(candidate -> load[candidate]))
                            .orElseThrow();
                    load[share] += each.getValue();
                    known.put(each.getKey(), share + 1);
                });
    }

    /** The number of the shard that runs a class. */
    int of(String className) {
        String name = outermost(className);
        Integer share = known.get(name);
        return share != null ? share : 1 + Math.floorMod(name.hashCode(), count);
    }

    private static String outermost(String className) {
        int inner = className.indexOf('$');
        return inner < 0 ? className : className.substring(0, inner);
    }
}
