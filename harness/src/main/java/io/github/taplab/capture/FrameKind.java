package io.github.taplab.capture;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Which frames are meant, for assertions: a condition, and how messages call a frame that fulfils it. */
@API(status = Status.EXPERIMENTAL, since = "0.1.0")
public final class FrameKind {

    private final String words;
    private final Predicate<Frame> condition;

    private FrameKind(String words, Predicate<Frame> condition) {
        this.words = words;
        this.condition = condition;
    }

    /**
     * A kind of your own.
     *
     * @param words one of them, without an article, such as {@code SYN to port 22}
     */
    public static FrameKind of(String words, Predicate<Frame> condition) {
        return new FrameKind(words, condition);
    }

    /** Who has the address: an ARP question, or a neighbour solicitation. */
    public static FrameKind questionFor(InetAddress ip) {
        return of("question for " + InterfaceIp.text(ip), frame -> frame.asksFor(ip));
    }

    /** Somebody says that the address is theirs: an ARP answer, or a neighbour advertisement. */
    public static FrameKind answerFor(InetAddress ip) {
        return of("answer for " + InterfaceIp.text(ip), frame -> frame.answersFor(ip));
    }

    /** An echo request, by ICMP or ICMPv6. */
    public static FrameKind echoRequestTo(InetAddress ip) {
        return of("echo request to " + InterfaceIp.text(ip), frame -> frame.isEchoRequestTo(ip));
    }

    /** An echo reply, by ICMP or ICMPv6. */
    public static FrameKind echoReplyFrom(InetAddress ip) {
        return of("echo reply from " + InterfaceIp.text(ip), frame -> frame.isEchoReplyFrom(ip));
    }

    /** Those of them that this Ethernet address has sent. */
    public FrameKind from(MacAddress source) {
        return of(
                words + " from " + source, condition.and(frame -> frame.source().equals(source)));
    }

    /** Those of them that are for this Ethernet address, which may be a group's or {@link MacAddress#BROADCAST}. */
    public FrameKind to(MacAddress destination) {
        return of(
                words + " to " + destination,
                condition.and(frame -> frame.destination().equals(destination)));
    }

    /** Whether a frame is of this kind. */
    public boolean includes(Frame frame) {
        return condition.test(frame);
    }

    /** How messages call one. */
    @Override
    public String toString() {
        return words;
    }
}
