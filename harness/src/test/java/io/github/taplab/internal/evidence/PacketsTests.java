package io.github.taplab.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.ring.Gap;
import io.github.taplab.internal.ring.LabFrames;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.internal.timeline.Event.TestBegan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacketsTests {

    private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");
    private static final RingFrame EARLY = new RingFrame(ZERO, "client", "eth0", true, new byte[60], 60);
    private static final RingFrame LATE = new RingFrame(ZERO.plusSeconds(60), "client", "eth0", true, new byte[60], 60);

    private static Packets packets(Duration ahead) {
        return new Packets(
                new LabFrames(
                        List.of(EARLY, LATE), List.of(new Gap(Optional.of("client"), "3 frames were not kept")), ahead),
                List.of(
                        new TestBegan(ZERO.plusMillis(1), "[id]", "the guest answers"),
                        new Step(ZERO.plusMillis(2), Duration.ofMillis(9), "client", "ping(…)", "silent", false)));
    }

    private static String text(Packets packets) {
        return new String(packets.pcapng(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void testsAndStepsAreItsComments() {
        assertThat(text(packets(Duration.ZERO)))
                .contains("client/eth0", "test begins: the guest answers", "client: ping(")
                .doesNotContain("after the last frame");
    }

    /** A comment of 12:01 on a clock that is two minutes ahead comes after a frame of 12:01. */
    @Test
    void theyAreOnTheClockOfTheFrames() {
        assertThat(text(packets(Duration.ofMinutes(2)))).isNotEqualTo(text(packets(Duration.ZERO)));
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(packets(Duration.ZERO).section().text())
                .isEqualTo("2 frames are in taplab.pcapng%nclient: 3 frames were not kept".formatted());
        assertThat(Packets.NONE.isEmpty()).isTrue();
    }
}
