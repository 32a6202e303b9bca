package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines are tcpdump 4.99.5's: one when it is asked, three or four when it ends. */
class PacketLossTests {

    @Test
    void readsWhatTcpdumpAnswers() {
        assertThat(PacketLoss.in(
                        "tcpdump: 4 packets captured, 4 packets received by filter, 0 packets dropped by kernel"))
                .hasValueSatisfying(loss -> assertThat(loss.isNone()).isTrue());
        assertThat(
                        PacketLoss.in(
                                "tcpdump: 1 packet captured, 9 packets received by filter, 1 packet dropped by kernel, 3 packets dropped by interface"))
                .hasValue(new PacketLoss(1, 3))
                .hasValueSatisfying(loss -> assertThat(loss.isNone()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tcpdump: listening on eth0, link-type EN10MB (Ethernet)", "4 packets captured"})
    void anotherLineSaysNothingOfIt(String line) {
        assertThat(PacketLoss.in(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 packet captured",
                "2 packets received by filter",
                "0 packets dropped by kernel",
                "5 packets dropped by interface"
            })
    void knowsTheLinesOfItsEnd(String line) {
        assertThat(PacketLoss.isCounter(line)).isTrue();
        assertThat(PacketLoss.isCounter("tcpdump: eth0: " + line)).isFalse();
    }

    @Test
    void isOneSentence() {
        assertThat(new PacketLoss(12, 0))
                .hasToString(
                        "12 packets dropped by the kernel, since tcpdump did not read them in time, and 0 by the interface");
    }
}
