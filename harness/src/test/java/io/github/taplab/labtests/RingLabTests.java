package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.ring.Gap;
import io.github.taplab.internal.ring.LabFrames;
import io.github.taplab.internal.ring.LabRings;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.internal.ring.RingMarks;
import io.github.taplab.node.Client;
import io.github.taplab.node.ContainerNode;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.MacAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rings of a lab have of what passed, and what they say of what they have not. */
@LabContainer(clients = {"client", "flooder", "victim"})
@MacvtapVm
class RingLabTests {

    private static final int RING = 1 << 20;
    private static final int RECORD = 20;
    private static final int ETHERNET_HEADER = 14;
    private static final int ICMP = ETHERNET_HEADER + 20;
    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REQUEST = 8;

    private static LabRings rings(Lab lab) {
        return Behind.of(RunningLab.class, lab).rings();
    }

    private static int type(RingFrame frame) {
        return Short.toUnsignedInt(ByteBuffer.wrap(frame.bytes()).getShort(12));
    }

    private static MacAddress source(RingFrame frame) {
        return new MacAddress(ByteBuffer.wrap(frame.bytes()).getLong(6) >>> 16);
    }

    private static boolean isIcmp(RingFrame frame, int type) {
        return type(frame) == 0x0800 && frame.bytes()[23] == 1 && frame.bytes()[ICMP] == type;
    }

    private static String place(RingFrame frame) {
        return "%s/%s %s".formatted(frame.node(), frame.link(), frame.outgoing() ? "out" : "in");
    }

    /** Where the first frame of this kind was seen, from its beginning to its end, with the same bytes. */
    private static List<String> way(LabFrames seen, int icmpType) {
        byte[] first = seen.frames().stream()
                .filter(frame -> isIcmp(frame, icmpType))
                .findFirst()
                .orElseThrow()
                .bytes();
        return seen.frames().stream()
                .filter(frame -> Arrays.equals(frame.bytes(), first))
                .map(RingLabTests::place)
                .toList();
    }

    private static void signal(ContainerNode node, String signal) {
        node.sh("""
                found=
                for p in /proc/[0-9]*; do
                  if [ "$(cat "$p/comm")" = recorder ]; then
                    kill -%s "${p#/proc/}"
                    found=yes
                  fi
                done
                [ -n "$found" ]""".formatted(signal));
    }

    @Test
    void aPingIsSeenWhereverItPasses(Lab lab, @FromLab("client") Client client, Guest guest) {
        Instant before = Instant.now();
        assertThat(client).reaches(guest.ip());
        LabFrames seen = rings(lab).since(before);

        String macvtap = guest.macvtap().name();
        assertThat(seen.incomplete()).isEmpty();
        assertThat(way(seen, ECHO_REQUEST))
                .containsExactly("client/eth0 out", "launcher/eth0 in", "launcher/%s in".formatted(macvtap));
        assertThat(way(seen, ECHO_REPLY))
                .containsExactly("launcher/%s out".formatted(macvtap), "launcher/eth0 out", "client/eth0 in");
        assertThat(seen.frames()).allSatisfy(frame -> {
            assertThat(frame.at().minus(seen.hostAhead()))
                    .isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
            assertThat(frame.length()).isGreaterThanOrEqualTo(frame.bytes().length);
        });
    }

    // The kernel gives a veth one by itself that has a macvtap with another MAC address: it can't filter by addresses.
    @Test
    void nothingIsMadePromiscuous(Lab lab, Launcher launcher, @FromLab("client") Client client, Guest guest) {
        assertThat(promiscuity(client, "eth0")).isZero();
        assertThat(promiscuity(lab.gateway(), "eth0")).isZero();
        assertThat(promiscuity(launcher, "eth0")).isOne();
        assertThat(promiscuity(launcher, guest.macvtap().name())).isZero();
    }

    /** How often it was asked for, by whomever: the flag of a link tells only whether people did. */
    private static int promiscuity(ContainerNode node, String link) {
        String told = node.run("ip", "-d", "-j", "link", "show", "dev", link).text();
        return Integer.parseInt(told.replaceFirst("(?s).*\"promiscuity\":(\\d+).*", "$1"));
    }

    @Test
    void aMacvtapThatIsMadeLaterIsSeenByItsNameAlsoWhenItIsGone(
            Lab lab, Launcher launcher, @FromLab("client") Client client) {
        RingMarks before = rings(lab).marks();
        launcher.sh("ip link add link eth0 name later0 type macvtap mode bridge && ip link set later0 up");
        client.send(EthernetFrame.probe(client.mac().sibling(), MacAddress.BROADCAST));
        // The parent's kernel hands a broadcast on in its own time (macvlan.c, macvlan_process_broadcast).
        eventually(() -> assertThat(launcher.link("later0").received()).isPositive());
        // A recorder asks for a name when it takes a frame, and on a busy machine it gets to that later.
        assertThat(rings(lab).since(before).incomplete())
                .map(Gap::toString)
                .noneMatch(gap -> gap.startsWith("launcher"));
        launcher.run("ip", "link", "delete", "later0");

        assertThat(rings(lab).since(before).frames())
                .filteredOn(frame -> source(frame).equals(client.mac().sibling()))
                .extracting(RingLabTests::place)
                .contains("launcher/eth0 in", "launcher/later0 in");
    }

    @Test
    void aTagIsKept(Lab lab, Launcher launcher, @FromLab("client") Client client) {
        EthernetFrame tagged =
                EthernetFrame.probe(client.mac().sibling(), launcher.mac()).withVlan(7);
        RingMarks before = rings(lab).marks();
        client.send(tagged);

        assertThat(rings(lab).since(before).frames())
                .filteredOn(frame -> source(frame).equals(tagged.source()))
                .allSatisfy(frame -> {
                    assertThat(Arrays.copyOf(frame.bytes(), tagged.bytes().length))
                            .isEqualTo(tagged.bytes());
                    assertThat(frame.length()).isEqualTo(frame.bytes().length);
                })
                .extracting(RingLabTests::place)
                .contains("client/eth0 out", "launcher/eth0 in");
    }

    @Test
    void whatACaptureSendsForItselfIsNotThere(Lab lab, @FromLab("client") Client client, Launcher launcher) {
        EthernetFrame like = EthernetFrame.of(
                new MacAddress(0), launcher.mac(), EthernetFrame.ETHERTYPE_EXPERIMENTAL, (byte) 't', (byte) 'a');
        RingMarks before = rings(lab).marks();
        try (Capture capture = client.capture("eth0", "arp")) {
            assertThat(capture.frames()).allMatch(frame -> frame.arp().isPresent());
        }
        client.send(like);

        assertThat(rings(lab).since(before).frames())
                .filteredOn(frame -> source(frame).equals(like.source()))
                .allSatisfy(frame -> assertThat(Arrays.copyOf(frame.bytes(), like.bytes().length))
                        .isEqualTo(like.bytes()))
                .extracting(RingLabTests::place)
                .contains("client/eth0 out");
    }

    // So many that the ring overflows, but not what the kernel keeps for a recorder that gets no time to take them.
    @Test
    void aRingIsBoundedAndSaysWhatItHasNoMore(Lab lab, Launcher launcher) {
        Client flooder = lab.client("flooder");
        RingMarks before = rings(lab).marks();
        flooder.run("ping", "-q", "-f", "-c", "1600", "-s", "400", launcher.ip().getHostAddress());
        LabFrames seen = rings(lab).since(before);

        List<RingFrame> kept = seen.frames().stream()
                .filter(frame -> frame.node().equals("flooder"))
                .toList();
        assertThat(kept.stream()
                        .mapToInt(frame -> RECORD + frame.bytes().length)
                        .sum())
                .isBetween(RING - 1000, RING);
        assertThat(seen.incomplete())
                .map(Gap::toString)
                .anyMatch(line -> line.matches(
                        "flooder: \\d{3} frames are not kept any more, later ones have taken their place"));
        // Those that are there are the last, without a gap.
        assertThat(kept.stream()
                        .filter(frame -> isIcmp(frame, ECHO_REPLY))
                        .map(frame -> Short.toUnsignedInt(
                                ByteBuffer.wrap(frame.bytes()).getShort(ICMP + 6)))
                        .sorted((one, other) -> other - one)
                        .limit(700))
                .element(699)
                .isEqualTo(1600 - 699);
    }

    @Test
    void aRecorderThatHangsOrDiesIsALineAndTheLabGoesOn(Lab lab, Launcher launcher) {
        Client victim = lab.client("victim");
        // Recorders begin beside the start of a lab, and who has answered is there.
        eventually(
                () -> assertThat(rings(lab).since(Instant.now()).incomplete()).isEmpty());
        signal(victim, "STOP");
        long start = System.nanoTime();
        assertThat(rings(lab).since(Instant.now()).incomplete())
                .map(Gap::toString)
                .containsExactly("victim: its ring does not answer within 2000 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(victim).reaches(launcher.ip());

        signal(victim, "CONT");
        Instant before = Instant.now();
        assertThat(victim).reaches(launcher.ip());
        LabFrames seen = rings(lab).since(before);
        assertThat(seen.incomplete()).isEmpty();
        assertThat(way(seen, ECHO_REQUEST)).containsExactly("victim/eth0 out", "launcher/eth0 in");

        signal(victim, "KILL");
        assertThat(rings(lab).since(before).incomplete())
                .map(Gap::toString)
                .containsExactly("victim: its recorder has ended");
        assertThat(victim).reaches(launcher.ip());
    }
}
