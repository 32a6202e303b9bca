package io.github.taplab.capture;

import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The part of an IPv4 header that specs look at (RFC 791).
 *
 * @param source who sends
 * @param destination who shall receive
 * @param protocol 1 ICMP, 6 TCP, 17 UDP
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Ipv4Header(InetAddress source, InetAddress destination, int protocol) {

    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;

    @Override
    public String toString() {
        return "IPv4 %s > %s protocol %d".formatted(InterfaceIp.text(source), InterfaceIp.text(destination), protocol);
    }
}
