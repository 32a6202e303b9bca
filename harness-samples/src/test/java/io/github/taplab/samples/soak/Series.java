package io.github.taplab.samples.soak;

import java.util.List;

/**
 * What has been seen of one measure.
 *
 * @param name for people: "JVM, heap after GC"
 * @param unit such as MiB; empty, if it is a number of things
 * @param bound how much it may grow
 * @param samples in the order of their time; none, if it can't be seen here
 */
record Series(String name, String unit, Bound bound, List<Sample> samples) {

    Series {
        samples = List.copyOf(samples);
    }
}
