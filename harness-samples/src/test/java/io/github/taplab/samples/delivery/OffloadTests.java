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
import io.github.taplab.samples.KernelCounters;
import io.github.taplab.samples.Question;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(517)
@Question(
        value = "Why does tcpdump on a macvtap show wrong checksums, although the guest takes the packets?",
        answer =
                "Checksums are left to a NIC that is only emulated, so they pass every capture point partial, with a mark beside the frame by which the guest takes them for right",
        asked = {"https://github.com/projectcalico/felix/issues/40", "https://github.com/kubevirt/kubevirt/issues/1715"
        })
@DisplayName("5.17 Checksums that are left to the NIC")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class OffloadTests {

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @BeforeEach
    void knowEachOther() {
        assertThat(client).reaches(guest.ip());
    }

    @AfterEach
    void offloadAgain() {
        client.run("ethtool", "-K", "eth0", "tx", "on");
    }

    @Test
    @Order(1)
    @DisplayName("a checksum is partial from the client to the macvtap, and the guest takes the datagram")
    void checksumStaysPartial() {
        long taken = udp("NoPorts");
        try (Capture atClient = client.capture("eth0", PartialChecksum.filter());
                Capture atParent = launcher.capture("eth0", PartialChecksum.filter());
                Capture atMacvtap = launcher.capture(guest.macvtap().name(), PartialChecksum.filter())) {
            PartialChecksum.send(client, guest);
            eventually(() -> assertThat(udp("NoPorts")).isEqualTo(taken + 1));

            assertThat(List.of(atClient, atParent, atMacvtap))
                    .allSatisfy(capture -> assertThat(capture.frames()).hasSize(1));
        }
    }

    @Test
    @Order(2)
    @DisplayName("a client that sums up by itself sends it whole")
    void whoSumsUpSendsItWhole() {
        client.run("ethtool", "-K", "eth0", "tx", "off");
        long taken = udp("NoPorts");
        try (Capture all = launcher.capture(guest.macvtap().name(), "udp dst port " + PartialChecksum.PORT);
                Capture partial = launcher.capture(guest.macvtap().name(), PartialChecksum.filter())) {
            PartialChecksum.send(client, guest);
            eventually(() -> assertThat(udp("NoPorts")).isEqualTo(taken + 1));

            assertThat(all.frames()).hasSize(1);
            assertThat(partial.frames()).isEmpty();
        }
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: the same octets without the mark are a wrong checksum, and the guest drops them")
    void withoutTheMarkItIsAWrongChecksum() {
        long wrong = udp("InCsumErrors");
        try (Capture atMacvtap = launcher.capture(guest.macvtap().name(), PartialChecksum.filter())) {
            client.send(PartialChecksum.unmarked(client, guest));
            eventually(() -> assertThat(udp("InCsumErrors")).isEqualTo(wrong + 1));

            assertThat(atMacvtap.frames()).hasSize(1);
        }
    }

    private long udp(String counter) {
        return KernelCounters.of(guest, "Udp", counter);
    }
}
