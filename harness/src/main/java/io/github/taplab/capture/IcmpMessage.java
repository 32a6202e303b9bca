package io.github.taplab.capture;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What an ICMP message is (RFC 792), or an ICMPv6 message (RFC 4443), whose numbers are others.
 *
 * @param type such as 8 for an echo request, in ICMPv6 128
 * @param code further detail, 0 where there is none
 */
@API(status = Status.STABLE, since = "0.1.0")
public record IcmpMessage(int type, int code) {

    public static final int ECHO_REPLY = 0;
    public static final int ECHO_REQUEST = 8;
    public static final int ECHO_REQUEST_V6 = 128;
    public static final int ECHO_REPLY_V6 = 129;
    /** IPv6's question who has an address (RFC 4861). */
    public static final int NEIGHBOUR_SOLICITATION = 135;
    /** The answer to it, or an announcement. */
    public static final int NEIGHBOUR_ADVERTISEMENT = 136;

    /** Whether this asks for an echo, by IPv4 or IPv6. */
    public boolean isEchoRequest() {
        return type == ECHO_REQUEST || type == ECHO_REQUEST_V6;
    }

    /** Whether this is an echo, by IPv4 or IPv6. */
    public boolean isEchoReply() {
        return type == ECHO_REPLY || type == ECHO_REPLY_V6;
    }

    @Override
    public String toString() {
        if (isEchoRequest()) {
            return "ICMP echo request";
        }
        return isEchoReply() ? "ICMP echo reply" : "ICMP type %d code %d".formatted(type, code);
    }
}
