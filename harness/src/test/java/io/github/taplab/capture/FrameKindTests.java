package io.github.taplab.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.capture.FrameParser;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which frames a kind includes, and how it is called. */
class FrameKindTests {

    private static final MacAddress GUEST = MacAddress.of("02:9e:00:00:00:05");
    private static final MacAddress CLIENT = MacAddress.of("02:c1:12:09:00:04");
    private static final InetAddress IP = InterfaceIp.ip("198.18.9.5");
    private static final InetAddress OTHER = InterfaceIp.ip("198.18.9.4");
    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REQUEST = 8;

    private static final Frame QUESTION = parsed(EthernetFrame.arpRequest(CLIENT, OTHER, IP));
    private static final Frame ANSWER = parsed(EthernetFrame.arpReply(GUEST, IP, CLIENT, OTHER));
    private static final Frame ADVERTISEMENT =
            parsed(EthernetFrame.neighbourAdvertisement(GUEST, InterfaceIp.ip("fd74::5")));
    private static final Frame REQUEST = echo(ECHO_REQUEST, OTHER, IP);
    private static final Frame REPLY = echo(ECHO_REPLY, IP, OTHER);
    private static final List<Frame> ALL = List.of(QUESTION, ANSWER, ADVERTISEMENT, REQUEST, REPLY);

    private static Frame parsed(EthernetFrame frame) {
        return FrameParser.parse(Instant.EPOCH, ByteBuffer.wrap(frame.bytes())).orElseThrow();
    }

    private static Frame echo(int type, InetAddress from, InetAddress to) {
        byte[] packet = ByteBuffer.allocate(28)
                .put(new byte[] {0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0})
                .put(from.getAddress())
                .put(to.getAddress())
                .put((byte) type)
                .array();
        return parsed(EthernetFrame.of(CLIENT, GUEST, Frame.ETHERTYPE_IPV4, packet));
    }

    private static List<Frame> included(FrameKind kind) {
        return ALL.stream().filter(kind::includes).toList();
    }

    @Test
    void includesWhatItSays() {
        assertThat(included(FrameKind.questionFor(IP))).containsExactly(QUESTION);
        assertThat(included(FrameKind.answerFor(IP))).containsExactly(ANSWER);
        assertThat(included(FrameKind.answerFor(InterfaceIp.ip("fd74::5")))).containsExactly(ADVERTISEMENT);
        assertThat(included(FrameKind.echoRequestTo(IP))).containsExactly(REQUEST);
        assertThat(included(FrameKind.echoReplyFrom(IP))).containsExactly(REPLY);
        assertThat(included(FrameKind.of("ARP", frame -> frame.arp().isPresent())))
                .containsExactly(QUESTION, ANSWER);
    }

    @Test
    void anotherAddressIsAnotherKind() {
        for (FrameKind kind : List.of(
                FrameKind.questionFor(OTHER),
                FrameKind.answerFor(OTHER),
                FrameKind.echoRequestTo(OTHER),
                FrameKind.echoReplyFrom(OTHER))) {
            assertThat(included(kind)).as(kind.toString()).isEmpty();
        }
    }

    @Test
    void senderAndReceiverNarrowIt() {
        assertThat(included(FrameKind.questionFor(IP).from(CLIENT).to(MacAddress.BROADCAST)))
                .containsExactly(QUESTION);
        assertThat(included(FrameKind.questionFor(IP).from(GUEST))).isEmpty();
        assertThat(included(FrameKind.answerFor(IP).to(MacAddress.BROADCAST))).isEmpty();
    }

    @Test
    void isCalledByItsWords() {
        assertThat(FrameKind.questionFor(IP)).hasToString("question for 198.18.9.5");
        assertThat(FrameKind.answerFor(IP).from(GUEST).to(CLIENT))
                .hasToString("answer for 198.18.9.5 from 02:9e:00:00:00:05 to 02:c1:12:09:00:04");
        assertThat(FrameKind.echoRequestTo(IP)).hasToString("echo request to 198.18.9.5");
        assertThat(FrameKind.echoReplyFrom(IP)).hasToString("echo reply from 198.18.9.5");
        assertThat(FrameKind.of("SYN", unused -> true)).hasToString("SYN");
    }
}
