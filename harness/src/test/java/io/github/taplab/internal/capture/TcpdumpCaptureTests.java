package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TcpdumpCaptureTests {

    @Test
    void tcpdumpWritesEachPacketAtOnceAndIsNotPromiscuous() {
        assertThat(TcpdumpCapture.argv("eth0", "arp"))
                .containsExactly(
                        "tcpdump", "-p", "-U", "--immediate-mode", "-n", "-s", "256", "-i", "eth0", "-w", "-", "arp");
    }

    @Test
    void filterStaysOneArgument() {
        assertThat(TcpdumpCapture.argv("macvtap0", "tcp port 22 or arp")).endsWith("-", "tcp port 22 or arp");
    }
}
