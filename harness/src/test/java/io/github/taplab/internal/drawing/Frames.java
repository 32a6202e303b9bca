package io.github.taplab.internal.drawing;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Frames as a lab's rings have them, told one after the other. */
final class Frames {

    static final MacAddress CLIENT = MacAddress.of("02:c1:12:09:00:04");
    static final MacAddress LAUNCHER = MacAddress.of("02:1a:12:09:00:02");
    static final MacAddress GUEST = MacAddress.of("02:9e:00:00:00:05");
    static final MacAddress OTHER_GUEST = MacAddress.of("02:9e:00:00:00:06");
    static final MacAddress GATEWAY = MacAddress.of("02:6a:12:09:00:01");
    static final InetAddress CLIENT_IP = InterfaceIp.ip("198.18.9.4");
    static final InetAddress GUEST_IP = InterfaceIp.ip("198.18.9.5");

    private static final Instant BEGIN = Instant.parse("2026-11-28T21:18:35Z");

    private final List<RingFrame> seen = new ArrayList<>();
    private long microseconds;

    /** Lets time pass. */
    Frames after(int milliseconds) {
        microseconds += milliseconds * 1000L;
        return this;
    }

    Frames out(byte[] octets, String port) {
        return seen(octets, port, true);
    }

    Frames in(byte[] octets, String... ports) {
        for (String port : ports) {
            seen(octets, port, false);
        }
        return this;
    }

    private Frames seen(byte[] octets, String port, boolean outgoing) {
        String[] names = port.split("/", -1);
        seen.add(new RingFrame(
                BEGIN.plusNanos(microseconds * 1000), names[0], names[1], outgoing, octets, octets.length));
        microseconds += 20;
        return this;
    }

    List<RingFrame> seen() {
        return List.copyOf(seen);
    }

    static byte[] whoHas() {
        return EthernetFrame.arpRequest(CLIENT, CLIENT_IP, GUEST_IP).bytes();
    }

    static byte[] isAt(MacAddress mac) {
        return EthernetFrame.arpReply(mac, GUEST_IP, CLIENT, CLIENT_IP).bytes();
    }

    /** From the client to the guest's address. */
    static byte[] ping(MacAddress to) {
        return ip(to, CLIENT, 1, CLIENT_IP, GUEST_IP, "0800 0000 0001 0001");
    }

    static byte[] pong(MacAddress from) {
        return ip(CLIENT, from, 1, GUEST_IP, CLIENT_IP, "0000 0000 0001 0001");
    }

    /** A segment to the guest's SSH port. */
    static byte[] syn(MacAddress to) {
        return ip(to, CLIENT, 6, CLIENT_IP, GUEST_IP, "9c56 0016 00000000 00000000 5002");
    }

    static byte[] reset(MacAddress from) {
        return ip(CLIENT, from, 6, GUEST_IP, CLIENT_IP, "0016 9c56 00000000 00000000 5014");
    }

    private static byte[] ip(
            MacAddress to, MacAddress from, int protocol, InetAddress source, InetAddress destination, String payload) {
        HexFormat hex = HexFormat.of();
        return hex.parseHex("%s%s0800450000000000400040%02x0000%s%s%s"
                .formatted(
                        to,
                        from,
                        protocol,
                        hex.formatHex(source.getAddress()),
                        hex.formatHex(destination.getAddress()),
                        payload)
                .replace(":", "")
                .replace(" ", ""));
    }
}
