package io.github.taplab.samples.soak;

import java.util.List;
import java.util.Locale;

/**
 * What a series says: that it is flat, that it grows, or nothing.
 *
 * @param judged the samples that count: not those of the first quarter of the time, in which caches and pools fill up
 * @param growth from the first to the last of them along their {@link Trend}, in the series' unit
 * @param allowed the growth that still counts as flat
 * @param certainty that it grows at all, in standard deviations
 */
record Verdict(Series series, List<Sample> judged, double growth, double allowed, double certainty) {

    // Fewer say nothing of a trend.
    private static final int FEWEST = 10;
    // Once in a thousand for a series without a trend.
    private static final double CERTAIN = 3;

    /**
     * Judges a series.
     *
     * @param runs how many runs there were in its time
     */
    static Verdict of(Series series, int runs) {
        List<Sample> all = series.samples();
        List<Sample> judged = all.subList((all.size() + 3) / 4, all.size());
        double allowed = series.bound().of(runs * 3 / 4);
        if (judged.size() < FEWEST) {
            return new Verdict(series, List.of(), 0, allowed, 0);
        }
        Trend trend = Trend.of(judged);
        double span = judged.get(judged.size() - 1).seconds() - judged.get(0).seconds();
        return new Verdict(series, List.copyOf(judged), trend.slope() * span, allowed, trend.certainty());
    }

    boolean grows() {
        return growth > allowed && certainty > CERTAIN;
    }

    /** One line for people. */
    String line() {
        if (series.samples().isEmpty()) {
            return "%-26s not to be seen here".formatted(series.name());
        }
        if (judged.isEmpty()) {
            return "%-26s too short a run to judge it: %d samples"
                    .formatted(series.name(), series.samples().size());
        }
        double least = judged.stream().mapToDouble(Sample::value).min().orElseThrow();
        double most = judged.stream().mapToDouble(Sample::value).max().orElseThrow();
        return String.format(
                Locale.ROOT,
                "%-26s %-5s %s to %s%s, %+.1f in all (%.1f allowed, certainty %.1f of %.0f)",
                series.name(),
                grows() ? "GROWS" : "flat",
                number(least),
                number(most),
                series.unit().isEmpty() ? "" : " " + series.unit(),
                growth,
                allowed,
                certainty,
                CERTAIN);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
