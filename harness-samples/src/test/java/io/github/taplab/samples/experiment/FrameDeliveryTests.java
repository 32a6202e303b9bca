package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.capture.FrameKind.answerFor;
import static io.github.taplab.capture.FrameKind.echoRequestTo;
import static io.github.taplab.capture.FrameKind.questionFor;

import io.github.taplab.EachAttachment;
import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.KernelCounters;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(108)
@Tag("story")
@EachAttachment
@DisplayName("1.8 The four steps of a frame's way into the guest")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class FrameDeliveryTests {

    private static final FrameKind PROBE =
            FrameKind.of("probe", frame -> frame.etherType() == EthernetFrame.ETHERTYPE_EXPERIMENTAL);

    @FromLab
    Lab lab;

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("question, answer, delivery to the macvtap, hand-over by QEMU")
    void allFourSteps() {
        InetAddress ip = guest.ip();
        long receivedByMacvtap = guest.macvtap().received();
        long echosInGuest = echosReceivedByGuest();

        // tag::traffic[]
        client.flushNeighbours();
        Traffic seen = lab.trafficOf(() -> assertThat(client.ping(ip)).isAnswered());

        assertThat(seen)
                // Step 1: the client asks by broadcast who has the address.
                .hasPassed(questionFor(ip).to(MacAddress.BROADCAST), client, launcher, guest)
                // Step 2: the guest answers with its MAC address, and nobody else does.
                .hasAnswersFor(ip, guest.mac())
                .hasPassed(answerFor(ip).from(guest.mac()), guest, launcher, client)
                .hasPassedBefore(answerFor(ip), client, echoRequestTo(ip), client)
                // Step 3: a frame to that MAC address is delivered to the macvtap, whose own it is.
                .hasPassed(echoRequestTo(ip).to(guest.macvtap().mac()), client, launcher, guest);
        // end::traffic[]
        assertThat(guest.macvtap().received()).isGreaterThan(receivedByMacvtap);
        // Step 4: QEMU reads it from the macvtap's device and hands it to the guest.
        assertThat(echosReceivedByGuest()).isGreaterThan(echosInGuest);
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: with a changed MAC address it is the third step that fails")
    void withAChangedMacTheThirdStepFails() {
        InetAddress ip = guest.ip();
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        long echosInGuest = echosReceivedByGuest();
        guest.setMac(changed);
        try {
            // The guest may have asked for the client in the meantime, and so have told its old address.
            client.flushNeighbours();
            Traffic seen = lab.trafficOf(() -> {
                assertThat(client.ping(ip)).isNotAnswered();
                // Broadcasts that the macvtap does get, sent later, show that no echo request is still on its way.
                client.send(EthernetFrame.probe(client.mac(), MacAddress.BROADCAST));
                assertThat(client.whoHas(ip)).isAnswered();
            });

            assertThat(seen)
                    // Steps 1 and 2 work as before, and the answer carries the new MAC address.
                    .hasPassed(questionFor(ip), client, launcher, guest)
                    .hasAnswersFor(ip, changed)
                    .hasPassed(answerFor(ip).from(changed), guest, launcher, client)
                    // The frames to it do come in on the parent interface …
                    .hasPassed(echoRequestTo(ip).to(changed), client, launcher)
                    // … but are not the macvtap's.
                    .hasPassedBefore(echoRequestTo(ip), launcher, PROBE, guest)
                    .hasNotPassed(echoRequestTo(ip), guest);
            assertThat(echosReceivedByGuest()).isEqualTo(echosInGuest);
        } finally {
            guest.setMac(original);
        }
    }

    private long echosReceivedByGuest() {
        return KernelCounters.of(guest, "Icmp", "InEchos");
    }
}
