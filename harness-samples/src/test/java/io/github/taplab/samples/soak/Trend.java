package io.github.taplab.samples.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a series rises, whatever noise is on it: labs come and go while it is taken.
 *
 * <p>The slope is Theil's and Sen's, the median of the slopes between any two samples, which single peaks do not move.
 * Whether it is chance is Mann's and Kendall's test: how many of all pairs rise, against what a series without a trend
 * has, in standard deviations.
 *
 * @param slope in units a second
 * @param certainty in standard deviations; negative, if it falls
 */
record Trend(double slope, double certainty) {

    /** Of samples, at least two. */
    static Trend of(List<Sample> samples) {
        int count = samples.size();
        List<Double> slopes = new ArrayList<>();
        long rising = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                double rise = samples.get(j).value() - samples.get(i).value();
                slopes.add(rise / (samples.get(j).seconds() - samples.get(i).seconds()));
                rising += (long) Math.signum(rise);
            }
        }
        slopes.sort(null);
        double deviation = Math.sqrt(count * (count - 1.0) * (2.0 * count + 5) / 18);
        return new Trend(median(slopes), rising / deviation);
    }

    private static double median(List<Double> sorted) {
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
