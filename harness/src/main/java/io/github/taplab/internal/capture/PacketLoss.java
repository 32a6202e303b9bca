package io.github.taplab.internal.capture;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tcpdump says it has not seen, since it started.
 *
 * @param byKernel packets that found no room in the buffer between the kernel and tcpdump
 * @param byInterface packets that the interface itself lost, which tcpdump mentions only if there are any
 */
record PacketLoss(long byKernel, long byInterface) {

    private static final Pattern BY_KERNEL = Pattern.compile("(\\d+) packets? dropped by kernel");
    private static final Pattern BY_INTERFACE = Pattern.compile("(\\d+) packets? dropped by interface");
    private static final Pattern COUNTER =
            Pattern.compile("\\d+ packets? (captured|received by filter|dropped by (kernel|interface))");

    /** The loss in a line of counters, if it is one. */
    static Optional<PacketLoss> in(String line) {
        return count(BY_KERNEL, line)
                .map(byKernel ->
                        new PacketLoss(byKernel, count(BY_INTERFACE, line).orElse(0L)));
    }

    /** Whether a line is one of the counters that tcpdump tells one a line when it ends. */
    static boolean isCounter(String line) {
        return COUNTER.matcher(line).matches();
    }

    private static Optional<Long> count(Pattern pattern, String line) {
        Matcher found = pattern.matcher(line);
        return found.find() ? Optional.of(Long.parseLong(found.group(1))) : Optional.empty();
    }

    boolean isNone() {
        return byKernel == 0 && byInterface == 0;
    }

    @Override
    public String toString() {
        return "%d packets dropped by the kernel, since tcpdump did not read them in time, and %d by the interface"
                .formatted(byKernel, byInterface);
    }
}
