package io.github.taplab.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which snapshots are copied, by what a copy and a boot take. */
class CopyPaceTests {

    private static final long MIB = 1 << 20;
    private static final long SNAPSHOT = 128 * MIB;
    private static final Duration BOOT = Duration.ofSeconds(4);

    private long millis;
    private final CopyPace pace = new CopyPace(() -> millis * 1_000_000);

    @Test
    void theFirstOneIsTried() {
        assertThat(pace.objection(SNAPSHOT, BOOT)).isEmpty();
    }

    /** Half a second for containers, a second for the transfer, a quarter for the check. */
    private void copied() {
        CopyPace.Copy copy = pace.begin(SNAPSHOT, BOOT);
        millis += 500;
        copy.opened();
        millis += 500;
        copy.accept(SNAPSHOT / 2);
        millis += 500;
        copy.accept(SNAPSHOT);
        millis += 250;
        copy.ended();
    }

    @Test
    void whatACopyTookSaysWhatTheNextOneWillTake() {
        copied();

        assertThat(pace.objection(SNAPSHOT, Duration.ofMillis(1750))).isEmpty();
        assertThat(pace.objection(SNAPSHOT, Duration.ofMillis(1749)))
                .contains("to copy its 128 MiB would take 1.8 s, and its guest boots in 1.7 s");
        // Twice the bytes take another second.
        assertThat(pace.objection(2 * SNAPSHOT, Duration.ofMillis(2750))).isEmpty();
        assertThat(pace.objection(2 * SNAPSHOT, Duration.ofMillis(2749))).isPresent();
    }

    @Test
    void oneThatWillTakeLongerThanABootIsBrokenOffAsSoonAsThatIsSeen() {
        CopyPace.Copy copy = pace.begin(SNAPSHOT, BOOT);
        millis += 500;
        copy.opened();
        millis += 1000;

        // 8 MiB a second: 16 s for all.
        assertThatThrownBy(() -> copy.accept(8 * MIB))
                .isInstanceOf(CopyPace.TooSlowException.class)
                .hasMessage("its 128 MiB are copied at 8 MiB/s, and its guest boots in 4.0 s");
        assertThat(pace.objection(SNAPSHOT, BOOT)).isPresent();
        // A guest that boots for a minute is another matter.
        assertThat(pace.objection(SNAPSHOT, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void theFirstBytesSayNothing() {
        CopyPace.Copy copy = pace.begin(SNAPSHOT, BOOT);
        copy.opened();
        millis += 500;

        assertThatCode(() -> copy.accept(4096)).doesNotThrowAnyException();
        millis += 100;
        assertThatCode(() -> copy.accept(64 * MIB)).doesNotThrowAnyException();
    }
}
