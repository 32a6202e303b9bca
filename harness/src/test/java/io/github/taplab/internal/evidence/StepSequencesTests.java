package io.github.taplab.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.internal.drawing.Nic;
import io.github.taplab.internal.drawing.Nic.Macvtap;
import io.github.taplab.internal.drawing.Nic.Network;
import io.github.taplab.internal.drawing.Station;
import io.github.taplab.internal.drawing.Station.Kind;
import io.github.taplab.internal.report.StepReport;
import io.github.taplab.internal.ring.LabFrames;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each step has the frames that passed meanwhile, and no others. */
class StepSequencesTests {

    private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");
    private static final MacAddress CLIENT = MacAddress.of("02:c1:00:00:00:04");
    private static final MacAddress GUEST = MacAddress.of("02:9e:00:00:00:05");
    private static final MacAddress OTHER = MacAddress.of("02:9e:00:00:00:06");
    private static final InterfaceIp IP = InterfaceIp.of("198.18.9.4/24");

    private static Station station(Kind kind, String name, MacAddress mac, Optional<Macvtap> macvtap) {
        return new Station(
                kind, name, List.of(new Nic("eth0", mac, List.of(), Network.LAB, Optional.empty(), macvtap)));
    }

    private static Station guest(String name, MacAddress mac) {
        return station(
                Kind.GUEST,
                name,
                mac,
                Optional.of(new Macvtap("macvtap", "launcher", "eth0", "bridge", mac, Optional.empty())));
    }

    private static RingFrame frame(int millis, String node, String link, boolean outgoing, MacAddress from) {
        byte[] bytes = EthernetFrame.gratuitousArp(from, IP.ip()).bytes();
        return new RingFrame(ZERO.plusMillis(millis), node, link, outgoing, bytes, bytes.length);
    }

    private static Step step(int millis, int took) {
        return new Step(ZERO.plusMillis(millis), Duration.ofMillis(took), "client", "announce(…)", "done", false);
    }

    private static List<String> diagrams(
            List<Station> stations, Duration ahead, List<RingFrame> frames, Step... steps) {
        return new StepSequences(stations, new LabFrames(frames, List.of(), ahead))
                .of(List.of(steps)).stream().map(StepReport::sequence).toList();
    }

    @Test
    void aStepHasTheFramesOfItsTime() {
        List<RingFrame> frames =
                List.of(frame(5, "client", "eth0", true, CLIENT), frame(205, "launcher", "macvtap0", true, GUEST));

        assertThat(diagrams(
                        List.of(
                                station(Kind.CLIENT, "client", CLIENT, Optional.empty()),
                                station(Kind.LAUNCHER, "launcher", OTHER, Optional.empty()),
                                guest("guest", GUEST)),
                        Duration.ZERO,
                        frames,
                        step(0, 50),
                        step(100, 50),
                        step(200, 50)))
                .satisfiesExactly(
                        first -> assertThat(first).contains("<svg", "from client lost after client/eth0"),
                        second -> assertThat(second).isEmpty(),
                        third -> assertThat(third).contains("<svg", "from guest lost after launcher/macvtap0"));
    }

    @Test
    void theFramesClockIsTheHosts() {
        List<RingFrame> frames = List.of(frame(60_005, "client", "eth0", true, CLIENT));

        assertThat(diagrams(List.of(), Duration.ofMinutes(1), frames, step(0, 50)))
                .singleElement()
                .asString()
                .contains("<svg");
        assertThat(diagrams(List.of(), Duration.ZERO, frames, step(0, 50))).containsExactly("");
    }

    @Test
    void aMacvtapIsTheGuestsThatSendsThere() {
        List<Station> stations = List.of(
                station(Kind.LAUNCHER, "launcher", CLIENT, Optional.empty()), guest("one", GUEST), guest("two", OTHER));

        assertThat(diagrams(
                        stations,
                        Duration.ZERO,
                        List.of(
                                frame(5, "launcher", "macvtap0", true, OTHER),
                                frame(6, "launcher", "macvtap1", true, GUEST)),
                        step(0, 50)))
                .singleElement()
                .asString()
                .contains("is at 02:9e:00:00:00:06 from two.", "is at 02:9e:00:00:00:05 from one.");
    }

    /** What a guest sends comes in at its tap, and goes out at its macvtap. */
    @Test
    void atATapTheGuestsFramesComeIn() {
        Station guest = station(
                Kind.GUEST,
                "guest",
                GUEST,
                Optional.of(new Macvtap("tap", "launcher", "br0", "", OTHER, Optional.empty())));
        List<Station> stations =
                List.of(station(Kind.LAUNCHER, "launcher", CLIENT, Optional.empty()), guest, guest("two", OTHER));

        assertThat(diagrams(
                        stations,
                        Duration.ZERO,
                        List.of(frame(5, "launcher", "vnet0", false, GUEST), frame(5, "launcher", "eth0", true, GUEST)),
                        step(0, 50)))
                .singleElement()
                .asString()
                .contains("is at 02:9e:00:00:00:05 from guest")
                .doesNotContain("elsewhere");
    }
}
