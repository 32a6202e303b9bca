package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.IncompleteCaptureException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.ContainerNode;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Impairment;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A capture that says that something did not pass has proved first that it would have seen it. */
@LabContainer(clients = {"near", "far"})
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a change is there as long as its block lasts.
class CaptureProofLabTests {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofSeconds(60);

    @FromLab
    static Launcher launcher;

    @FromLab("near")
    static Client near;

    @FromLab("far")
    static Client far;

    private MacAddress stranger;

    @BeforeEach
    void findAStranger() {
        stranger = far.mac().sibling();
    }

    /** Sends a signal to the tcpdumps of a node, as an out-of-memory killer or a debugger would. */
    private static void signal(ContainerNode node, String signal) {
        node.sh("for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" != tcpdump ] || kill -%s ${p#/proc/}; done"
                .formatted(signal));
    }

    private static String tcpdumps(ContainerNode node) {
        return node.sh("grep -lx tcpdump /proc/[0-9]*/comm 2>/dev/null || :").text();
    }

    @Test
    void silenceHolds() {
        try (Capture capture = near.capture("eth0", "ether src " + stranger)) {
            assertThat(far).reaches(near.ip());

            capture.assertNone("what the stranger sends", frame -> true);
            assertThat(capture.frames()).isEmpty();
        }
    }

    @Test
    void brokenSilenceIsListed() {
        EthernetFrame probe = EthernetFrame.probe(stranger, near.mac());
        try (Capture capture = near.capture("eth0", "ether src " + stranger)) {
            far.send(probe);

            assertThatThrownBy(() -> capture.assertNone("what the stranger sends", frame -> true))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage(
                            "Frames on eth0 on near where there should be none: what the stranger sends%nseen:%n  %s > %s ethertype 0x88b5"
                                    .formatted(stranger, near.mac()));
        }
    }

    @Test
    void aKilledTcpdumpIsNoQuietNetwork() {
        try (Capture capture = near.capture("eth0", "ether src " + stranger)) {
            signal(near, "KILL");

            assertThatThrownBy(() -> capture.assertNone("what the stranger sends", frame -> true))
                    .isInstanceOf(IncompleteCaptureException.class)
                    .hasMessage("The capture on eth0 on near may have missed frames: tcpdump ended by signal 9 and"
                            + " said nothing%nasked for: no what the stranger sends".formatted());
            assertThatThrownBy(capture::frames)
                    .isInstanceOf(IncompleteCaptureException.class)
                    .hasMessage("The capture on eth0 on near may have missed frames: tcpdump ended by signal 9 and"
                            + " said nothing");
            capture.close();
            assertThatThrownBy(capture::frames).isInstanceOf(IncompleteCaptureException.class);
        }
    }

    @Test
    void whoWaitsIsToldAtOnceThatTcpdumpEnded() {
        EthernetFrame probe = EthernetFrame.probe(stranger, near.mac());
        try (Capture capture = near.capture("eth0", "ether src " + stranger)) {
            far.send(probe);
            capture.await("the probe", frame -> true, SOON);
            near.sh("(sleep 1; for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" != tcpdump ] || kill -KILL ${p#/proc/};"
                    + " done) >/dev/null 2>&1 &");
            long start = System.nanoTime();

            assertThatThrownBy(() -> capture.await("a unicorn", frame -> false, LATE))
                    .isInstanceOf(IncompleteCaptureException.class)
                    .hasMessage(
                            "The capture on eth0 on near may have missed frames: tcpdump ended by signal 9 and said nothing%nwaited for: a unicorn%nseen until then:%n  %s > %s ethertype 0x88b5"
                                    .formatted(stranger, near.mac()));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void lostPacketsAreNoSilence() {
        // Of these none is for the filter of the question, and all are for that of tcpdump.
        try (Capture capture = near.capture("eth0", "icmp")) {
            signal(near, "STOP");
            // Its buffer has room for some 5000.
            far.run("ping", "-q", "-f", "-c", "6000", near.ip().getHostAddress());
            signal(near, "CONT");

            assertThatThrownBy(
                            () -> capture.assertNone("ARP", frame -> frame.arp().isPresent()))
                    .isInstanceOf(IncompleteCaptureException.class)
                    .hasMessageMatching(
                            "(?s)The capture on eth0 on near may have missed frames: \\d+ packets dropped by"
                                    + " the kernel, since tcpdump did not read them in time, and 0 by the interface\\R"
                                    + "asked for: no ARP");
        }
    }

    @Test
    void aStuckTcpdumpProvesNothing() {
        try (Capture capture = near.capture("eth0", "arp")) {
            signal(near, "STOP");

            assertThatThrownBy(() -> capture.assertNone("ARP", frame -> true))
                    .isInstanceOf(IncompleteCaptureException.class)
                    .hasMessageMatching(
                            "(?s)The capture on eth0 on near may have missed frames: it recorded none of the"
                                    + " \\d+ marker frames that it sent within 10000 ms: tcpdump is stuck, or they got lost"
                                    + " before they left\\Rasked for: no ARP");
        }
        assertThat(tcpdumps(near)).isEmpty();
    }

    @Test
    void whileTheInterfaceIsDownThereIsNoProofAndAfterwardsThereIs() {
        try (Capture capture = near.capture("eth0", "ether src " + stranger)) {
            try (Undo down = near.takeDown("eth0")) {
                assertThatThrownBy(() -> capture.assertNone("what the stranger sends", frame -> true))
                        .isInstanceOf(IncompleteCaptureException.class)
                        .hasMessage("The capture on eth0 on near may have missed frames: the interface can't send a"
                                + " marker frame: Network is down%nasked for: no what the stranger sends".formatted());
            }
            try (Undo unplugged = near.unplugCable()) {
                assertThatThrownBy(() -> capture.assertNone("what the stranger sends", frame -> true))
                        .isInstanceOf(IncompleteCaptureException.class)
                        .hasMessageContaining("the interface can't send a marker frame: it is down or has no carrier");
            }
            assertThat(far).reaches(near.ip());
            capture.assertNone("what the stranger sends", frame -> true);
        }
    }

    @Test
    void anInterfaceThatGoesAwayEndsTheProof() {
        launcher.run("ip", "link", "add", "link", "eth0", "name", "tap9", "type", "macvtap", "mode", "bridge");
        launcher.setUp("tap9");
        try (Capture capture = launcher.capture("tap9", "")) {
            capture.assertNone("IPv4", frame -> frame.ipv4().isPresent());
            launcher.run("ip", "link", "del", "tap9");

            assertThatThrownBy(() ->
                            capture.assertNone("IPv4", frame -> frame.ipv4().isPresent()))
                    .isInstanceOf(IncompleteCaptureException.class)
                    .hasMessageStartingWith("The capture on tap9 on launcher may have missed frames: ");
        }
    }

    /** A fault that loses frames on their way out loses markers too, but not all of them. */
    @Test
    void theProofStandsLoss() {
        try (Undo lossy = near.impair(Impairment.loss(30));
                Capture capture = near.capture("eth0", "ether src " + stranger)) {
            capture.assertNone("what the stranger sends", frame -> true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "tap8", "lo"})
    void theProofIsSeenByNobody(String link) {
        for (String tap : new String[] {"tap7", "tap8"}) {
            launcher.run("ip", "link", "add", "link", "eth0", "name", tap, "type", "macvtap", "mode", "bridge");
            launcher.setUp(tap);
        }
        // A sibling that takes all groups in, and a switch that sends frames back.
        launcher.run("ip", "link", "set", "tap7", "allmulticast", "on");
        try (Undo hairpin = launcher.enableHairpin();
                Capture everything = far.capture("eth0", "")) {
            listen(far, "eth0");
            listen(launcher, "tap7");
            try (Capture capture = launcher.capture(link, "ether src " + stranger)) {
                for (int times = 0; times < 3; times++) {
                    capture.assertNone("what the stranger sends", frame -> true);
                }
            }
            // What is for all is seen by these two, and it comes after whatever came before.
            launcher.send(EthernetFrame.probe(stranger, MacAddress.BROADCAST));
            assertHeard(far, "eth0");
            launcher.send("tap8", EthernetFrame.probe(stranger, MacAddress.BROADCAST));
            assertHeard(launcher, "tap7");

            everything.await("the probe", frame -> frame.source().equals(stranger), SOON);
            assertThat(everything.frames())
                    .filteredOn(frame -> frame.etherType() == EthernetFrame.ETHERTYPE_EXPERIMENTAL)
                    .allMatch(frame -> frame.source().equals(stranger));
        } finally {
            launcher.run("ip", "link", "del", "tap7");
            launcher.run("ip", "link", "del", "tap8");
        }
    }

    /** A tcpdump that hides nothing. */
    private static void listen(ContainerNode node, String link) {
        node.sh("tcpdump -p -n -e -l --immediate-mode -i %1$s 'ether proto 0x88b5' >/tmp/%1$s.seen 2>/tmp/%1$s.said &"
                .formatted(link));
        Waiting.until(
                "tcpdump listens",
                SOON,
                () -> node.tryRun("cat", "/tmp/%s.said".formatted(link)).stdout(),
                said -> said.contains("listening on"));
    }

    private void assertHeard(ContainerNode node, String link) {
        String seen = Waiting.until(
                "the probe",
                SOON,
                () -> node.tryRun("grep", "-c", "ethertype", "/tmp/%s.seen".formatted(link))
                        .text(),
                text -> !text.equals("0"));
        assertThat(node.run("cat", "/tmp/%s.seen".formatted(link)).stdout())
                .as(seen)
                .contains(stranger.toString())
                .doesNotContain("00:00:00:00:00:00");
    }

    @Test
    void whatWasOnItsWayAtTheEndIsKept() {
        Capture capture = near.capture("eth0", "icmp");
        far.run("ping", "-q", "-f", "-c", "300", near.ip().getHostAddress());
        capture.close();

        assertThat(capture.frames()).hasSize(600);
        assertThat(tcpdumps(near)).isEmpty();
    }

    @Test
    void aStartThatFailsLeavesNoProcess() {
        assertThatThrownBy(() -> near.capture("eth0", "arp and and")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> near.capture("eth7", "arp")).isInstanceOf(IllegalStateException.class);
        near.run("mv", "/usr/bin/tcpdump", "/usr/bin/tcpdump.away");
        try {
            assertThatThrownBy(() -> near.capture("eth0", "arp"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("tcpdump on eth0 on near does not record: tcpdump ended with exit code 127 and said"
                            + " tcpdump: No such file or directory");
        } finally {
            near.run("mv", "/usr/bin/tcpdump.away", "/usr/bin/tcpdump");
        }
        assertThatThrownBy(() -> near.capture("any", "arp"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A capture is of one Ethernet interface of near, found any, which stands for all");

        // Nobody waits for the end of what is told to end.
        eventually(() -> {
            assertThat(near.sh("grep -l [N]O_SOURCE /proc/[0-9]*/cmdline 2>/dev/null || :")
                            .text())
                    .isEmpty();
            assertThat(tcpdumps(near)).isEmpty();
        });
    }
}
