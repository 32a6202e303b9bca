package io.github.taplab.capture;

import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The part of an IPv6 header that specs look at (RFC 8200).
 *
 * @param source who sends; {@code ::} where the sender has no address yet
 * @param destination who shall receive
 * @param nextHeader what follows the fixed header: 58 ICMPv6, 6 TCP, 17 UDP, or an extension header such as 0
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Ipv6Header(InetAddress source, InetAddress destination, int nextHeader) {

    public static final int ICMPV6 = 58;

    @Override
    public String toString() {
        return "IPv6 %s > %s next header %d"
                .formatted(InterfaceIp.text(source), InterfaceIp.text(destination), nextHeader);
    }
}
