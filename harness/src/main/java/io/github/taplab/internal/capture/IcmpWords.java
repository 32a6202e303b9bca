package io.github.taplab.internal.capture;

import io.github.taplab.capture.IcmpMessage;

/** What an ICMP message says, for those that one meets in a lab. */
final class IcmpWords {

    private IcmpWords() {}

    /** RFC 792, and RFC 1812 for the codes of routers. */
    static String ofV4(IcmpMessage message) {
        return switch (message.type()) {
            case 3 ->
                switch (message.code()) {
                    case 0 -> "ICMP network unreachable";
                    case 1 -> "ICMP host unreachable";
                    case 2 -> "ICMP protocol unreachable";
                    case 3 -> "ICMP port unreachable";
                    case 4 -> "ICMP fragmentation needed";
                    case 9, 10, 13 -> "ICMP administratively prohibited";
                    default -> "ICMP unreachable, code " + message.code();
                };
            case 5 -> "ICMP redirect";
            case 11 -> "ICMP time exceeded";
            default -> message.toString();
        };
    }

    /** RFC 4443, and RFC 4861 and RFC 3810 for what neighbours and multicast routers say. */
    static String ofV6(IcmpMessage message) {
        return switch (message.type()) {
            case 1 ->
                switch (message.code()) {
                    case 0 -> "ICMPv6 no route";
                    case 1 -> "ICMPv6 administratively prohibited";
                    case 3 -> "ICMPv6 address unreachable";
                    case 4 -> "ICMPv6 port unreachable";
                    default -> "ICMPv6 unreachable, code " + message.code();
                };
            case 2 -> "ICMPv6 packet too big";
            case 3 -> "ICMPv6 time exceeded";
            case IcmpMessage.ECHO_REQUEST_V6 -> "ICMPv6 echo request";
            case IcmpMessage.ECHO_REPLY_V6 -> "ICMPv6 echo reply";
            case 130 -> "MLD query";
            case 131, 143 -> "MLD report";
            case 132 -> "MLD done";
            case 133 -> "ND router solicitation";
            case 134 -> "ND router advertisement";
            case 135, 136 -> "ND, cut";
            case 137 -> "ND redirect";
            default -> "ICMPv6 type %d code %d".formatted(message.type(), message.code());
        };
    }
}
