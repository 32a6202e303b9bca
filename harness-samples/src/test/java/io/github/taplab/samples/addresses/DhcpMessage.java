package io.github.taplab.samples.addresses;

import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Ports;
import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Node;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a DHCP message says (RFC 2131).
 *
 * @param type such as {@link #OFFER}
 * @param server by which of several it is, or for which
 */
record DhcpMessage(int type, InetAddress server) {

    static final int OFFER = 2;
    static final int REQUEST = 3;

    static final FrameKind TO_SERVERS =
            FrameKind.of("DHCP question", frame -> frame.udp().equals(ports(68, 67)));
    static final FrameKind TO_CLIENTS =
            FrameKind.of("DHCP answer", frame -> frame.udp().equals(ports(67, 68)));

    private static final int OPTIONS = 14 + 20 + 8 + 240;
    private static final int END = 255;
    private static final int MESSAGE_TYPE = 53;
    private static final int SERVER_IDENTIFIER = 54;

    private static Optional<Ports> ports(int from, int to) {
        return Optional.of(new Ports(from, to));
    }

    /** The messages of one type that came in at a node, in their order. */
    static List<DhcpMessage> received(Traffic traffic, int type, Node node) {
        return traffic.sightings().stream()
                .filter(sighting ->
                        sighting.node().equals(node.name()) && sighting.link().equals(node.nic()))
                .filter(sighting -> TO_SERVERS.includes(sighting.frame()) || TO_CLIENTS.includes(sighting.frame()))
                .filter(sighting -> !sighting.outgoing())
                .map(DhcpMessage::of)
                .filter(message -> message.type() == type)
                .toList();
    }

    private static DhcpMessage of(Sighting sighting) {
        ByteBuffer bytes = ByteBuffer.wrap(sighting.bytes()).position(OPTIONS);
        int type = 0;
        byte[] server = new byte[4];
        for (int option = bytes.get() & 0xff; option != END; option = bytes.get() & 0xff) {
            byte[] value = new byte[bytes.get()];
            bytes.get(value);
            if (option == MESSAGE_TYPE) {
                type = value[0];
            } else if (option == SERVER_IDENTIFIER) {
                server = value;
            }
        }
        try {
            return new DhcpMessage(type, InetAddress.getByAddress(server));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
