package io.github.taplab.internal.config;

import io.github.taplab.spec.Quoted;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of data as people write and read it.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    private static final Pattern WRITTEN = Pattern.compile("([0-9]+) ?([KMGT]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";
    private static final int STEP = 1024;

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size is not negative, found " + bytes);
        }
    }

    /**
     * Reads a whole number with or without a unit, which is a power of 1024: {@code 512M}, {@code 20 GiB},
     * {@code 1048576}.
     *
     * @throws IllegalArgumentException if the text is anything else, or no long can hold it
     */
    public static ByteSize parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            throw new IllegalArgumentException(Quoted.of(text) + " is no size such as 20G");
        }
        try {
            long bytes = Long.parseLong(written.group(1));
            String unit = written.group(2).toUpperCase(Locale.ROOT);
            for (int step = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1; step > 0; step--) {
                bytes = Math.multiplyExact(bytes, STEP);
            }
            return new ByteSize(bytes);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(Quoted.of(text) + " is more than a disk can hold", e);
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Rounded to a unit that gives at most four digits: {@code 20 GiB}, {@code 1.5 MiB}, {@code 700 bytes}. */
    @Override
    public String toString() {
        double value = bytes;
        int step = 0;
        while (value >= STEP && step < UNITS.length()) {
            value /= STEP;
            step++;
        }
        if (step == 0) {
            return bytes + " bytes";
        }
        String digits = String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
        return "%s %siB".formatted(digits.replaceFirst("\\.0$", ""), UNITS.charAt(step - 1));
    }
}
