package io.github.taplab.assertions;

import io.github.taplab.Fake;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.internal.capture.FrameParser;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What passes in a lab of a client, a launcher and its guest, a millisecond apart. */
final class PassedFrames {

    static final MacAddress GUEST_MAC = MacAddress.of("02:9e:00:00:00:05");
    static final MacAddress CLIENT_MAC = MacAddress.of("02:c1:12:09:00:04");
    static final MacAddress LAUNCHER_MAC = MacAddress.of("02:1a:12:09:00:02");
    static final InetAddress GUEST_IP = InterfaceIp.ip("198.18.9.5");
    static final InetAddress CLIENT_IP = InterfaceIp.ip("198.18.9.4");

    static final EthernetFrame QUESTION = EthernetFrame.arpRequest(CLIENT_MAC, CLIENT_IP, GUEST_IP);
    static final EthernetFrame ANSWER = EthernetFrame.arpReply(GUEST_MAC, GUEST_IP, CLIENT_MAC, CLIENT_IP);
    static final EthernetFrame OTHER_ANSWER = EthernetFrame.arpReply(LAUNCHER_MAC, GUEST_IP, CLIENT_MAC, CLIENT_IP);

    static final Client CLIENT = Fake.of(Client.class, Map.of("name", none -> "client", "nic", none -> "eth0"));
    static final Client THIRD = Fake.of(Client.class, Map.of("name", none -> "third", "nic", none -> "eth0"));
    static final Launcher LAUNCHER =
            Fake.of(Launcher.class, Map.of("name", none -> "launcher", "parent", none -> link("eth0", "veth")));
    static final Guest GUEST =
            Fake.of(Guest.class, Map.of("name", none -> "guest", "macvtap", none -> link("macvtap0", "macvtap")));

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ICMP_ECHO_REQUEST = 8;

    private final List<Sighting> sightings = new ArrayList<>();

    private static Link link(String name, String kind) {
        return new Link(
                "launcher",
                name,
                4,
                GUEST_MAC,
                Optional.of(kind),
                Optional.of("eth0"),
                Optional.of("bridge"),
                true,
                true,
                "up",
                1500,
                0,
                0,
                false,
                false);
    }

    /** An echo request of the client to the guest. */
    static EthernetFrame echoRequest(int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(28)
                .put(new byte[] {0x45, 0, 0, 28, 0, 0, 0, 0, 64, 1, 0, 0})
                .put(CLIENT_IP.getAddress())
                .put(GUEST_IP.getAddress())
                .put((byte) ICMP_ECHO_REQUEST);
        packet.put(27, (byte) sequence);
        return EthernetFrame.of(CLIENT_MAC, GUEST_MAC, Frame.ETHERTYPE_IPV4, packet.array());
    }

    PassedFrames out(String place, EthernetFrame frame) {
        return pass(place, true, frame);
    }

    PassedFrames in(String place, EthernetFrame frame) {
        return pass(place, false, frame);
    }

    private PassedFrames pass(String place, boolean outgoing, EthernetFrame frame) {
        List<String> parts = List.of(place.split("/", 2));
        Instant at = BEGIN.plusMillis(sightings.size());
        sightings.add(new Sighting(
                parts.get(0),
                parts.get(1),
                outgoing,
                FrameParser.parse(at, ByteBuffer.wrap(frame.bytes())).orElseThrow(),
                frame.bytes()));
        return this;
    }

    /** The client asks by broadcast. */
    PassedFrames question() {
        return out("client/eth0", QUESTION)
                .in("third/eth0", QUESTION)
                .in("launcher/eth0", QUESTION)
                .in("launcher/macvtap0", QUESTION);
    }

    /** The guest answers. */
    PassedFrames answer() {
        return out("launcher/macvtap0", ANSWER).out("launcher/eth0", ANSWER).in("client/eth0", ANSWER);
    }

    /** An echo request that goes all the way. */
    PassedFrames echo() {
        return lostEcho().in("launcher/macvtap0", echoRequest(1));
    }

    /** An echo request that the macvtap does not take in. */
    PassedFrames lostEcho() {
        return out("client/eth0", echoRequest(1)).in("launcher/eth0", echoRequest(1));
    }

    /** Of a lab in which no frame is missing. */
    Traffic whole() {
        return new Traffic(sightings, Set.of("client", "third", "launcher"), List.of());
    }

    /** Of a lab of which the launcher's ring was too small. */
    Traffic withGap() {
        return new Traffic(
                sightings,
                Set.of("client", "third"),
                List.of("launcher: 7 frames are not kept any more, later ones have taken their place"));
    }
}
