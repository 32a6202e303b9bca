package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.internal.ring.Gap;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.spec.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What specs see of the rings. */
class LabTrafficTests {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final MacAddress SOURCE = MacAddress.of("02:c1:12:09:00:04");
    private static final byte[] PROBE =
            EthernetFrame.probe(SOURCE, MacAddress.BROADCAST).bytes();

    private static RingFrame frame(String node, String link, boolean outgoing) {
        return new RingFrame(AT, node, link, outgoing, PROBE, PROBE.length);
    }

    @Test
    void framesAreSightingsInTheirOrder() {
        Traffic traffic = LabTraffic.of(
                List.of(frame("client", "eth0", true), frame("launcher", "macvtap0", false)),
                Set.of("client", "launcher"),
                List.of());

        assertThat(traffic.sightings())
                .extracting(Sighting::toString)
                .containsExactly(
                        "client/eth0 out: 02:c1:12:09:00:04 > ff:ff:ff:ff:ff:ff ethertype 0x88b5",
                        "launcher/macvtap0 in: 02:c1:12:09:00:04 > ff:ff:ff:ff:ff:ff ethertype 0x88b5");
        assertThat(traffic.sightings()).allSatisfy(sighting -> {
            assertThat(sighting.frame().at()).isEqualTo(AT);
            assertThat(sighting.bytes()).isEqualTo(PROBE);
        });
        assertThat(traffic.whole()).containsExactlyInAnyOrder("client", "launcher");
        assertThat(traffic.gaps()).isEmpty();
    }

    @Test
    void whatIsNoEthernetFrameIsLeftOut() {
        RingFrame stump = new RingFrame(AT, "client", "eth0", true, new byte[13], 13);

        assertThat(LabTraffic.of(List.of(stump), Set.of("client"), List.of()).sightings())
                .isEmpty();
    }

    @Test
    void aNodeWithAGapIsNotWhole() {
        List<Gap> gaps = List.of(
                new Gap(Optional.of("client"), "3 frames are not kept any more, later ones have taken their place"));

        Traffic traffic = LabTraffic.of(List.of(), Set.of("client", "client2"), gaps);

        assertThat(traffic.whole()).containsExactly("client2");
        assertThat(traffic.gaps())
                .containsExactly("client: 3 frames are not kept any more, later ones have taken their place");
    }

    /** Of what was not listened to at the beginning it is not known what is older. */
    @Test
    void whatCameLaterIsLeftOutAndToldOnce() {
        Traffic traffic = LabTraffic.of(
                List.of(frame("late", "eth0", true), frame("client", "eth0", false), frame("late", "eth0", true)),
                Set.of("client"),
                List.of());

        assertThat(traffic.sightings()).extracting(Sighting::node).containsExactly("client");
        assertThat(traffic.whole()).containsExactly("client");
        assertThat(traffic.gaps()).containsExactly("late: it was not listened to from the beginning on");
    }
}
