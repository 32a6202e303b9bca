package io.github.taplab.internal.drawing;

import static io.github.taplab.internal.drawing.Frames.CLIENT;
import static io.github.taplab.internal.drawing.Frames.GATEWAY;
import static io.github.taplab.internal.drawing.Frames.GUEST;
import static io.github.taplab.internal.drawing.Frames.LAUNCHER;
import static io.github.taplab.internal.drawing.Frames.OTHER_GUEST;
import static io.github.taplab.internal.drawing.Frames.isAt;
import static io.github.taplab.internal.drawing.Frames.ping;
import static io.github.taplab.internal.drawing.Frames.pong;
import static io.github.taplab.internal.drawing.Frames.reset;
import static io.github.taplab.internal.drawing.Frames.syn;
import static io.github.taplab.internal.drawing.Frames.whoHas;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.spec.MacAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SequenceDiagramTests {

    private static final List<Lane> LANES = List.of(
            new Lane("client", "eth0", "client"),
            new Lane("gateway", "eth0", "gateway"),
            new Lane("launcher", "eth0", "launcher"),
            new Lane("launcher", "macvtap0", "guest"));
    private static final Map<MacAddress, String> OWNERS =
            Map.of(CLIENT, "client", GATEWAY, "gateway", LAUNCHER, "launcher", GUEST, "guest");
    private static final String[] ALL_OTHERS = {"gateway/eth0", "launcher/eth0", "launcher/macvtap0"};

    @Test
    void twoStationsAnswerForOneAddress() {
        Frames frames = new Frames()
                .out(whoHas(), "client/eth0")
                .in(whoHas(), ALL_OTHERS)
                .out(isAt(LAUNCHER), "launcher/eth0")
                .in(isAt(LAUNCHER), "client/eth0")
                .after(4)
                .out(isAt(GUEST), "launcher/macvtap0")
                .out(isAt(GUEST), "launcher/eth0")
                .in(isAt(GUEST), "client/eth0")
                .out(syn(LAUNCHER), "client/eth0")
                .in(syn(LAUNCHER), "launcher/eth0")
                .out(reset(LAUNCHER), "launcher/eth0")
                .in(reset(LAUNCHER), "client/eth0");

        Golden.assertIs("two-owners.svg", diagram("client: ssh(198.18.9.5)", frames));
    }

    @Test
    void framesForAChangedMacAddressEndAtTheParent() {
        Frames frames = new Frames();
        for (int i = 0; i < 3; i++) {
            frames.out(ping(OTHER_GUEST), "client/eth0")
                    .in(ping(OTHER_GUEST), "launcher/eth0")
                    .after(1000);
        }
        frames.out(whoHas(), "client/eth0").after(1000).out(ping(GATEWAY), "client/eth0");

        Golden.assertIs("changed-mac.svg", diagram("client: ping(198.18.9.5)", frames));
    }

    @Test
    void withoutFramesItSaysSo() {
        Golden.assertIs("no-frames.svg", diagram("client: ping(198.18.9.5)", new Frames()));
    }

    @Test
    void aFrameIsOneArrowToWhoItIsFor() {
        assertThat(sentences(new Frames()
                        .out(ping(GUEST), "client/eth0")
                        .in(ping(GUEST), ALL_OTHERS)
                        .out(pong(GUEST), "launcher/macvtap0")
                        .out(pong(GUEST), "launcher/eth0")
                        .in(pong(GUEST), "client/eth0")))
                .isEqualTo("ICMP echo request from client to guest. ICMP echo reply from guest to client.");
    }

    @Test
    void aGroupsFrameGoesToAllWhoSawIt() {
        assertThat(sentences(new Frames().out(whoHas(), "client/eth0").in(whoHas(), "gateway/eth0", "launcher/eth0")))
                .isEqualTo("ARP who has 198.18.9.5? tell 198.18.9.4 from client to gateway, launcher.");
    }

    @Test
    void aFrameThatNobodyHasIsLostWhereItWasSeenLast() {
        assertThat(sentences(new Frames().out(ping(GUEST), "client/eth0")))
                .isEqualTo("ICMP echo request from client lost after client/eth0.");
        assertThat(sentences(new Frames().out(ping(GUEST), "client/eth0").in(ping(GUEST), "launcher/eth0")))
                .isEqualTo("ICMP echo request from client lost after launcher/eth0.");
        assertThat(sentences(new Frames().out(pong(GUEST), "launcher/macvtap0").out(pong(GUEST), "launcher/eth0")))
                .isEqualTo("ICMP echo reply from guest lost after launcher/eth0.");
        assertThat(sentences(new Frames().out(whoHas(), "client/eth0")))
                .isEqualTo("ARP who has 198.18.9.5? tell 198.18.9.4 from client lost after client/eth0.");
    }

    @Test
    void whereABridgeHandsAFrameToAllItIsLostAtTheNodeThatItWasFor() {
        assertThat(sentences(
                        new Frames().out(ping(GUEST), "client/eth0").in(ping(GUEST), "launcher/eth0", "gateway/eth0")))
                .isEqualTo("ICMP echo request from client lost after launcher/eth0.");
    }

    @Test
    void aFrameForWhoHasNoLaneIsNotLost() {
        Map<MacAddress, String> owners = Map.of(GATEWAY, "Docker host");
        SequenceDiagram diagram = new SequenceDiagram(
                "",
                LANES,
                owners,
                new Frames().out(ping(GATEWAY), "client/eth0").seen());

        assertThat(Golden.description(diagram.svg())).isEqualTo("ICMP echo request from client to Docker host.");
    }

    @Test
    void whereNobodyElseIsNothingIsLost() {
        SequenceDiagram diagram = new SequenceDiagram(
                "",
                LANES.subList(2, 4),
                OWNERS,
                new Frames().out(whoHas(), "launcher/macvtap0").seen());

        assertThat(diagram.svg()).doesNotContain("cross", "lost");
    }

    @Test
    void aFrameOfUnknownOriginComesFromElsewhere() {
        assertThat(sentences(new Frames().in(isAt(OTHER_GUEST), "client/eth0")))
                .isEqualTo("ARP 198.18.9.5 is at 02:9e:00:00:00:06 from elsewhere to client.");
    }

    @Test
    void theSameOctetsLaterAreAnotherFrame() {
        Frames frames = new Frames().out(ping(GUEST), "client/eth0").after(60).in(ping(GUEST), "launcher/macvtap0");

        assertThat(sentences(frames))
                .isEqualTo("ICMP echo request from client lost after client/eth0."
                        + " ICMP echo request from elsewhere to guest.");
    }

    @Test
    void theSameOctetsAtTheSamePortAreAnotherFrame() {
        Frames frames = new Frames();
        for (int i = 0; i < 2; i++) {
            frames.out(ping(GUEST), "client/eth0").in(ping(GUEST), "launcher/macvtap0");
        }

        assertThat(sentences(frames)).isEqualTo("ICMP echo request × 2 from client to guest.");
    }

    @Test
    void aHairpinGoesThereAndBack() {
        List<Lane> lanes = new ArrayList<>(LANES);
        lanes.add(new Lane("launcher", "macvtap1", "other guest"));
        byte[] frame = EthernetFrame.probe(GUEST, OTHER_GUEST).bytes();
        SequenceDiagram diagram = new SequenceDiagram(
                "guest: probe to the other guest",
                lanes,
                Map.of(OTHER_GUEST, "other guest", GUEST, "guest"),
                new Frames()
                        .out(frame, "launcher/macvtap0")
                        .out(frame, "launcher/eth0")
                        .in(frame, "launcher/eth0", "launcher/macvtap1")
                        .seen());

        Golden.assertIs("hairpin.svg", diagram.svg());
    }

    @Test
    void ofVeryManyFramesTheFirstAreShownAndTheOthersCounted() {
        Frames frames = new Frames();
        for (int i = 0; i < 30; i++) {
            frames.out(ping(GUEST), "client/eth0")
                    .in(ping(GUEST), "launcher/macvtap0")
                    .out(pong(GUEST), "launcher/macvtap0")
                    .in(pong(GUEST), "client/eth0")
                    .after(1000);
        }
        String svg = diagram("", frames);

        assertThat(svg).containsOnlyOnce(">… 20 frames left out<");
        assertThat(svg.split("class=\"label\" x=\"10\"", -1)).hasSize(41);
    }

    @Test
    void theOrderInWhichFramesAreGivenDoesNotMatter() {
        Frames frames = new Frames()
                .out(ping(GUEST), "client/eth0")
                .in(ping(GUEST), ALL_OTHERS)
                .out(pong(GUEST), "launcher/macvtap0")
                .in(pong(GUEST), "client/eth0");
        List<RingFrame> reversed = new ArrayList<>(frames.seen());
        Collections.reverse(reversed);

        assertThat(new SequenceDiagram("", LANES, OWNERS, reversed).svg())
                .isEqualTo(new SequenceDiagram("", LANES, OWNERS, frames.seen()).svg());
    }

    private static String diagram(String title, Frames frames) {
        return new SequenceDiagram(title, LANES, OWNERS, frames.seen()).svg();
    }

    private static String sentences(Frames frames) {
        return Golden.description(diagram("", frames));
    }
}
