package io.github.taplab.internal.snapshot;

import io.github.taplab.internal.config.ByteSize;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether it is worth while to copy a snapshot from another engine: that must not take longer than the guest took to
 * boot there. What one copy took says so of the next one; the first one is broken off as soon as it is seen to be too
 * slow.
 */
final class CopyPace {

    // Before that a rate says little: the first bytes wait for what has to be opened.
    private static final long SAMPLE = 4 << 20;

    private final LongSupplier clock;
    private volatile @Nullable Seen seen;

    /**
     * What a copy took.
     *
     * @param around nanoseconds before and after the transfer, for containers and the check
     * @param perByte nanoseconds
     */
    private record Seen(long around, double perByte) {

        Duration of(long bytes) {
            return Duration.ofNanos(around + (long) (bytes * perByte));
        }
    }

    /** Of nothing yet. */
    CopyPace() {
        this(System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param clock nanoseconds
     */
    CopyPace(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Why it is not worth while, as far as is known; empty: nothing speaks against it.
     *
     * @param bytes that there are to copy
     * @param boot what the guest took to boot
     */
    Optional<String> objection(long bytes, Duration boot) {
        Seen before = seen;
        return before == null || before.of(bytes).compareTo(boot) <= 0
                ? Optional.empty()
                : Optional.of("to copy its %s would take %s, and its guest boots in %s"
                        .formatted(new ByteSize(bytes), seconds(before.of(bytes)), seconds(boot)));
    }

    /** A copy begins. */
    Copy begin(long bytes, Duration boot) {
        return new Copy(bytes, boot);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** A copy that is under way. */
    final class Copy implements LongConsumer {

        private final long bytes;
        private final Duration boot;
        private final long begun = clock.getAsLong();
        private long sent = begun;
        private long arrived = begun;

        Copy(long bytes, Duration boot) {
            this.bytes = bytes;
            this.boot = boot;
        }

        /** What is before the transfer is done. */
        void opened() {
            sent = clock.getAsLong();
        }

        /**
         * Takes note of how far it has come.
         *
         * @throws TooSlowException if it will take longer than it may
         */
        @Override
        public void accept(long done) {
            long now = clock.getAsLong();
            arrived = now;
            if (done < SAMPLE) {
                return;
            }
            Duration whole = Duration.ofNanos(now - begun + (long) (Math.max(0, bytes - done) * perByte(done)));
            if (whole.compareTo(boot) > 0) {
                seen = new Seen(sent - begun, perByte(done));
                throw new TooSlowException("its %s are copied at %s/s, and its guest boots in %s"
                        .formatted(new ByteSize(bytes), new ByteSize((long) (1e9 / perByte(done))), seconds(boot)));
            }
        }

        private double perByte(long done) {
            return Math.max(1, arrived - sent) / (double) done;
        }

        /** It is done, with all that comes after the transfer. */
        void ended() {
            long now = clock.getAsLong();
            seen = new Seen(sent - begun + now - arrived, perByte(Math.max(1, bytes)));
        }
    }

    /** A copy takes longer than what it spares. */
    static final class TooSlowException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooSlowException(String message) {
            super(message);
        }
    }
}
