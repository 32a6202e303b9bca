package io.github.taplab.samples.images;

import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Ports;
import java.util.Optional;

/** The two directions of DHCP, told apart by their ports (RFC 2131, 4.1). */
final class DhcpFrames {

    static final FrameKind QUESTION = between("DHCP question", new Ports(68, 67));
    static final FrameKind ANSWER = between("DHCP answer", new Ports(67, 68));

    private DhcpFrames() {}

    private static FrameKind between(String words, Ports ports) {
        return FrameKind.of(words, frame -> frame.udp().equals(Optional.of(ports)));
    }
}
