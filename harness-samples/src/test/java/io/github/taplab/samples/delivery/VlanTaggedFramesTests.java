package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.InterfaceIp;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A guest makes its VLAN interfaces by itself. The macvtap neither knows of them nor cares: it looks at MAC addresses,
 * and takes a frame's tag along.
 *
 * <p>The client needs no VLANs in its kernel, which the Docker host may not have: it sends tagged frames as they are.
 */
@LabContainer
@MacvtapVm(name = "left", address = GuestAddress.NONE)
@MacvtapVm(name = "right", address = GuestAddress.NONE)
@Order(505)
@DisplayName("5.5 802.1Q: tagged frames pass a macvtap")
class VlanTaggedFramesTests extends GuestsInAVlan {

    private static final int OTHER_VLAN = 43;

    @Test
    @Order(1)
    @DisplayName("two guests of one launcher talk in a VLAN of their own")
    void guestsTalkInTheirVlan() {
        try (Capture atRight = left.launcher().capture(right.macvtap().name(), "")) {
            assertThat(left).reaches(ipOfRight);

            Frame echo = atRight.await("an echo request", frame -> frame.isEchoRequestTo(ipOfRight));
            assertThat(echo.vlan()).hasValue(VLAN);
            assertThat(echo.source()).isEqualTo(left.mac());
        }
    }

    @Test
    @Order(2)
    @DisplayName("a tagged question from outside reaches the guest's VLAN, and the answer is tagged too")
    void taggedQuestionIsAnswered() {
        try (Capture atClient = client.capture("eth0", "")) {
            client.send(questionFor(ipOfLeft).withVlan(VLAN));

            Frame answer = atClient.await("the guest's answer", frame -> frame.answersFor(ipOfLeft));
            assertThat(answer.vlan()).hasValue(VLAN);
            assertThat(answer.source()).isEqualTo(left.mac());
        }
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: with another VLAN id it passes the macvtap too, but reaches no VLAN of the guest")
    void otherVlanIsNotDelivered() {
        try (Capture atClient = client.capture("eth0", "");
                Capture atMacvtap = left.launcher().capture(left.macvtap().name(), "ether src " + client.mac())) {
            client.send(questionFor(ipOfLeft).withVlan(OTHER_VLAN));
            // The right one, sent later: once it is answered, the wrong one would have been.
            client.send(questionFor(ipOfLeft).withVlan(VLAN));
            Frame answer = atClient.await("the guest's answer", frame -> frame.answersFor(ipOfLeft));

            assertThat(answer.vlan()).hasValue(VLAN);
            assertThat(atMacvtap.frames())
                    .extracting(Frame::vlan)
                    .containsExactly(Optional.of(OTHER_VLAN), Optional.of(VLAN));
            assertThat(atClient.frames())
                    .filteredOn(frame -> frame.answersFor(ipOfLeft))
                    .hasSize(1);
        }
    }

    /** Linux answers ARP for any of its addresses on any of its interfaces ({@code arp_ignore} is 0). */
    @Test
    @Order(4)
    @DisplayName("a question without a tag is answered as well, without a tag, but then no packet finds its way back")
    void untaggedQuestionIsAnsweredWithoutATag() {
        try (Capture atClient = client.capture("eth0", "")) {
            client.send(questionFor(ipOfLeft));

            Frame answer = atClient.await("the guest's answer", frame -> frame.answersFor(ipOfLeft));
            assertThat(answer.vlan()).isEmpty();
        }
        client.flushNeighbours();
        try (Capture atClient = client.capture("eth0", "")) {
            assertThat(client).doesNotReach(ipOfLeft);
            // The guest looks for the client where its own address is, in the VLAN, and the client is not there.
            Frame question = atClient.await(
                    "the guest's question for the client",
                    frame -> frame.source().equals(left.mac()) && frame.asksFor(client.ip()));
            assertThat(question.vlan()).hasValue(VLAN);
        }
    }

    @Test
    @Order(5)
    @DisplayName("a guest that leaves the VLAN does not answer any more, its neighbour does")
    void whoLeavesTheVlanDoesNotAnswer() {
        left.removeVlan(VLAN);
        InterfaceIp outside = client.interfaceIp().plus(102);
        left.addAddress(outside);
        try (Capture atClient = client.capture("eth0", "")) {
            client.send(questionFor(ipOfLeft).withVlan(VLAN));
            client.send(questionFor(ipOfRight).withVlan(VLAN));
            client.send(questionFor(outside.ip()));
            atClient.await("the neighbour's answer", frame -> frame.answersFor(ipOfRight));
            // Sent last, without a tag: once it is answered, the first one would have been.
            atClient.await("the guest's answer", frame -> frame.answersFor(outside.ip()));
            atClient.assertNone("an answer of the guest that has left", frame -> frame.answersFor(ipOfLeft));
        } finally {
            left.removeAddress(outside);
            left.addVlan(VLAN, ofLeft(client));
        }
    }
}
