package io.github.taplab.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What happens to frames on a bad line, after {@code netem}: {@code loss(10)}, or
 * {@code loss(10).and(rate(1_000_000))}.
 *
 * @param lossPercent how many of 100 frames get lost, chosen at random; 0: none
 * @param delay by how much a frame is late, the same for each; zero: not at all
 * @param duplicationPercent how many of 100 frames arrive twice, chosen at random; 0: none
 * @param bitsPerSecond how many bits leave in a second, Ethernet headers included; 0: no limit
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Impairment(double lossPercent, Duration delay, double duplicationPercent, long bitsPerSecond) {

    // One frame in a million.
    private static final double LEAST_PERCENT = 0.0001;
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    // A frame of 1500 bytes takes 12 s at the lowest one; the highest is beyond any NIC.
    private static final long LOWEST_RATE = 1_000;
    private static final long HIGHEST_RATE = 1_000_000_000_000L;

    /**
     * Checks the impairment.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public Impairment {
        Given.check("an impairment", "delay", delay);
        List<String> problems = new ArrayList<>();
        checkPercent("loss", lossPercent, problems);
        checkPercent("duplication", duplicationPercent, problems);
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            problems.add("delay = %s, must be %s at most".formatted(delay, LONGEST_DELAY));
        } else if (!delay.isZero() && delay.toNanos() < 1_000) {
            problems.add("delay = %s, must be a microsecond at least".formatted(delay));
        }
        if (bitsPerSecond != 0 && (bitsPerSecond < LOWEST_RATE || bitsPerSecond > HIGHEST_RATE)) {
            problems.add("rate = %d, must be %d to %d (bits per second)"
                    .formatted(bitsPerSecond, LOWEST_RATE, HIGHEST_RATE));
        }
        if (problems.isEmpty() && lossPercent == 0 && duplicationPercent == 0 && delay.isZero() && bitsPerSecond == 0) {
            problems.add("An impairment without loss, delay, duplication and rate impairs nothing");
        }
        InvalidSpecException.throwIfAny(problems);
    }

    /** So many of 100 frames get lost. */
    public static Impairment loss(double percent) {
        return new Impairment(percent, Duration.ZERO, 0, 0);
    }

    /** Each frame is late by so much. */
    public static Impairment delay(Duration delay) {
        return new Impairment(0, delay, 0, 0);
    }

    /** So many of 100 frames arrive twice. */
    public static Impairment duplication(double percent) {
        return new Impairment(0, Duration.ZERO, percent, 0);
    }

    /** So many bits leave in a second; what comes faster waits in a queue, and is lost where that is full. */
    public static Impairment rate(long bitsPerSecond) {
        return new Impairment(0, Duration.ZERO, 0, bitsPerSecond);
    }

    /**
     * Both at once.
     *
     * @throws InvalidSpecException if both say something of the same kind
     */
    public Impairment and(Impairment other) {
        Given.check("an impairment", "other", other);
        List<String> problems = new ArrayList<>();
        checkOnce("loss", lossPercent != 0, other.lossPercent != 0, problems);
        checkOnce("delay", !delay.isZero(), !other.delay.isZero(), problems);
        checkOnce("duplication", duplicationPercent != 0, other.duplicationPercent != 0, problems);
        checkOnce("rate", bitsPerSecond != 0, other.bitsPerSecond != 0, problems);
        InvalidSpecException.throwIfAny(problems);
        return new Impairment(
                lossPercent + other.lossPercent,
                delay.plus(other.delay),
                duplicationPercent + other.duplicationPercent,
                bitsPerSecond + other.bitsPerSecond);
    }

    private static void checkPercent(String what, double percent, List<String> problems) {
        if (percent != 0 && !(percent >= LEAST_PERCENT && percent <= 100)) {
            problems.add("%s = %s, must be 0, or 0.0001 to 100 (percent)".formatted(what, percent));
        }
    }

    private static void checkOnce(String what, boolean here, boolean there, List<String> problems) {
        if (here && there) {
            problems.add("%s is given twice".formatted(what));
        }
    }
}
