package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatExceptionOfType;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static io.github.taplab.capture.FrameKind.answerFor;
import static io.github.taplab.capture.FrameKind.echoReplyFrom;
import static io.github.taplab.capture.FrameKind.echoRequestTo;
import static io.github.taplab.capture.FrameKind.questionFor;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.IncompleteCaptureException;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lab tells of what passed its ports, and that it tells when it can't. */
@LabContainer(clients = {"client", "third"})
@MacvtapVm
class TrafficLabTests {

    private static final FrameKind PROBE =
            FrameKind.of("probe", frame -> frame.etherType() == EthernetFrame.ETHERTYPE_EXPERIMENTAL);

    private Client client;
    private Client third;

    @BeforeEach
    void setUp(Lab lab) {
        client = lab.client("client");
        third = lab.client("third");
        client.flushNeighbours();
    }

    @Test
    void aPingIsToldFromItsQuestionToItsReply(Lab lab, Launcher launcher, Guest guest) {
        InetAddress ip = guest.ip();
        Traffic seen = lab.trafficOf(() -> assertThat(client.ping(ip)).isAnswered());

        assertThat(seen)
                .hasQuestionsFor(ip, client.mac())
                .hasAnswersFor(ip, guest.mac())
                .hasPassed(questionFor(ip).to(MacAddress.BROADCAST), client, launcher, guest)
                .hasPassed(answerFor(ip).from(guest.mac()), guest, launcher, client)
                .hasPassedBefore(answerFor(ip), client, echoRequestTo(ip), client)
                .hasPassed(echoRequestTo(ip).to(guest.mac()), client, launcher, guest)
                .hasPassed(echoReplyFrom(ip), guest, launcher, client)
                .hasNotPassed(echoRequestTo(ip), third)
                .hasNotPassed(echoReplyFrom(ip), third);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(seen).hasPassed(echoRequestTo(ip), client, third))
                .withMessageContaining("at eth0 of client, and then not at eth0 of third");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(seen).hasNotPassed(echoRequestTo(ip), guest));
    }

    @Test
    void ofTwoOwnersBothAnswer(Lab lab, Launcher launcher, Guest guest) {
        InterfaceIp address = guest.interfaceIp();
        launcher.addAddress(address);
        try {
            Traffic seen = lab.trafficOf(
                    () -> assertThat(client.whoHas(address.ip())).isAnsweredOnlyBy(guest.mac(), launcher.mac()));

            assertThat(seen)
                    .hasAnswersFor(address.ip(), guest.mac(), launcher.mac())
                    .hasPassed(answerFor(address.ip()).from(launcher.mac()), launcher, client);
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(seen).hasAnswersFor(address.ip(), guest.mac()));
        } finally {
            launcher.removeAddress(address);
        }
    }

    @Test
    void aGuestWithAnotherMacIsAskedAndAnswersAndGetsNothing(Lab lab, Launcher launcher, Guest guest) {
        InetAddress ip = guest.ip();
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        guest.setMac(changed);
        try {
            client.flushNeighbours();
            Traffic seen = lab.trafficOf(() -> {
                assertThat(client.ping(ip)).isNotAnswered();
                client.send(EthernetFrame.probe(client.mac(), MacAddress.BROADCAST));
                client.whoHas(ip);
            });

            assertThat(seen)
                    .hasPassed(questionFor(ip), client, launcher, guest)
                    .hasAnswersFor(ip, changed)
                    .hasPassed(echoRequestTo(ip).to(changed), client, launcher)
                    .hasPassedBefore(echoRequestTo(ip), launcher, PROBE, guest)
                    .hasNotPassed(echoRequestTo(ip), guest);
        } finally {
            guest.setMac(original);
        }
    }

    @Test
    void howOftenIsCounted(Lab lab, Launcher launcher) {
        Traffic seen = lab.trafficOf(() -> {
            for (int i = 0; i < 3; i++) {
                client.send(EthernetFrame.probe(client.mac(), launcher.mac()));
            }
            client.whoHas(launcher.ip());
        });

        assertThat(seen).hasPassedTimes(3, PROBE, client).hasPassedTimes(3, PROBE, launcher);
    }

    /** The ring of a node is smaller than what passes it meanwhile. */
    @Test
    void whatARingHasNoMoreIsNoVerdict(Lab lab, Launcher launcher, Guest guest) {
        Traffic seen = lab.trafficOf(() -> third.run(
                "ping", "-q", "-f", "-c", "3000", "-s", "400", launcher.ip().getHostAddress()));

        assertThatExceptionOfType(IncompleteCaptureException.class)
                .isThrownBy(() -> assertThat(seen).hasNotPassed(echoRequestTo(guest.ip()), third))
                .withMessageContaining("third: ")
                .withMessageContaining(" frames are not kept any more, later ones have taken their place");
        assertThat(seen).hasNotPassed(echoRequestTo(guest.ip()), client);
    }

    @Test
    void whatTheActionThrowsIsThrown(Lab lab) {
        IllegalStateException broken = new IllegalStateException("broken");

        assertThatThrownBy(() -> lab.trafficOf(() -> {
                    throw broken;
                }))
                .isSameAs(broken);
    }
}
