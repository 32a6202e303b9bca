package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TcpdumpCaptureTests {

    @Test
    void tcpdumpWritesEachPacketAtOnceAndIsNotPromiscuous() {
        assertThat(TcpdumpCapture.argv("eth0", "arp"))
                .containsExactly(
                        "tcpdump",
                        "-p",
                        "-U",
                        "--immediate-mode",
                        "-n",
                        "-s",
                        "256",
                        "-i",
                        "eth0",
                        "-w",
                        "-",
                        "(ether src 00:00:00:00:00:00 and ether proto 0x88b5) or (arp)");
    }

    @Test
    void filterStaysOneArgument() {
        assertThat(TcpdumpCapture.argv("macvtap0", "tcp port 22 or arp"))
                .endsWith("-", "(ether src 00:00:00:00:00:00 and ether proto 0x88b5) or (tcp port 22 or arp)");
    }

    @Test
    void withoutAFilterThereIsNone() {
        assertThat(TcpdumpCapture.argv("eth0", " ")).endsWith("-w", "-");
    }
}
