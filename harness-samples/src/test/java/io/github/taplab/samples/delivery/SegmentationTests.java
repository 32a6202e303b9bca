package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(518)
@Question(
        value = "Why are there frames larger than the MTU on a macvtap?",
        answer =
                "TCP leaves it to the NIC to cut segments (TSO); an emulated one never does, and the guest takes them whole")
@DisplayName("5.18 Segments that are left to the NIC")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class SegmentationTests {

    /** Larger than a frame with a payload of the MTU. */
    private static final String LARGE = "tcp and greater 1515";

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("a segment of many times the MTU passes the client, the parent and the macvtap in one frame")
    void segmentsPassWhole() {
        try (Capture atClient = client.capture("eth0", LARGE);
                Capture atParent = launcher.capture("eth0", LARGE);
                Capture atMacvtap = launcher.capture(guest.macvtap().name(), LARGE)) {
            upload();

            assertThat(atMacvtap.frames()).isNotEmpty();
            assertThat(atParent.frames()).hasSameSizeAs(atMacvtap.frames());
            assertThat(atClient.frames()).hasSameSizeAs(atMacvtap.frames());
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: a client that cuts them by itself sends none, and the guest gets the same")
    void whoCutsThemByItselfSendsNone() {
        client.run("ethtool", "-K", "eth0", "tso", "off", "gso", "off");
        try (Capture all = launcher.capture(guest.macvtap().name(), "tcp");
                Capture large = launcher.capture(guest.macvtap().name(), LARGE)) {
            upload();

            assertThat(all.frames()).isNotEmpty();
            assertThat(large.frames()).isEmpty();
        } finally {
            client.run("ethtool", "-K", "eth0", "tso", "on", "gso", "on");
        }
    }

    /** As much as makes the client's kernel send large segments; it ends when the guest has all. */
    private void upload() {
        guest.sh("nc -l -p 5001 >/tmp/got 2>/dev/null & echo $! >/tmp/nc");
        client.sh("head -c 1000000 /dev/zero | socat -u - TCP:%s:5001,retry=200,interval=0.1"
                .formatted(guest.ip().getHostAddress()));
        eventually(() -> assertThat(guest.sh("wc -c </tmp/got")).printed("1000000"));
    }
}
