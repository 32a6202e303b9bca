package io.github.taplab.internal.address;

import io.github.taplab.internal.address.LabAddresses.Role;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts of a lab as they would be in another lab of its kind, which has other networks: with {@code x} in place of what
 * a network's number makes of an address. What tells a host's number stays.
 */
public final class AnyNetwork {

    // That of a guest has no number of a network.
    private static final String ROLES = Stream.of(Role.values()).map(Role::hex).collect(Collectors.joining("|"));
    // LabAddresses: half of the range each begins with 18 and with 19, and the wan is a part of one network.
    private static final Pattern IPV4 = Pattern.compile("\\b198\\.1[89]\\.\\d{1,3}\\.(?=\\d{1,3}\\b)");
    private static final Pattern WAN_IPV4 = Pattern.compile("\\b203\\.0\\.113\\.(\\d{1,3})\\b");
    private static final Pattern IPV6 = Pattern.compile("\\b" + LabAddresses.IPV6 + "[0-9a-f]{1,4}:");
    private static final Pattern MAC =
            Pattern.compile("\\b02:(%s):(?!00:71:)[0-9a-f]{2}:[0-9a-f]{2}:".formatted(ROLES));
    private static final Pattern WAN_MAC = Pattern.compile("\\b02:(%s):00:71:00:([0-9a-f]{2})\\b".formatted(ROLES));
    // What an interface makes of its MAC address (RFC 4291, appendix A) ...
    private static final Pattern LINK_LOCAL =
            Pattern.compile("\\bfe80::(%s):[0-9a-f]{0,2}ff:fe[0-9a-f]{2}:".formatted(ROLES));
    // ... also where it is the engine's own, as a gateway's on the wan when it joins: it ends like the IPv4 address.
    private static final Pattern ENGINES_LINK_LOCAL =
            Pattern.compile("\\bfe80::42:[0-9a-f]{0,4}ff:fe[0-9a-f]{2}:[0-9a-f]{1,4}\\b");
    // The group of those that could have an IPv6 address (RFC 4291, 2.7.1), as a MAC address (RFC 2464).
    private static final Pattern GROUP = Pattern.compile("\\b33:33:ff:(?!00:71:)[0-9a-f]{2}:(?=[0-9a-f]{2}:)");
    private static final Pattern WAN_GROUP = Pattern.compile("\\b33:33:ff:00:71:([0-9a-f]{2})\\b");
    private static final int WAN_HOSTS = 1 << (Integer.SIZE - LabAddresses.WAN_PREFIX_LENGTH);

    private AnyNetwork() {}

    /** The text as it would be in any lab. */
    public static String text(String text) {
        String plain = IPV4.matcher(text).replaceAll("198.18.x.");
        plain = WAN_IPV4.matcher(plain).replaceAll(ip -> "203.0.113.x+" + wanHost(ip, 1, 10));
        plain = IPV6.matcher(plain).replaceAll(LabAddresses.IPV6 + "x:");
        plain = MAC.matcher(plain).replaceAll("02:$1:x:x:");
        plain = WAN_MAC.matcher(plain).replaceAll(mac -> "02:%s:x:x:x+%d".formatted(mac.group(1), wanHost(mac, 2, 16)));
        plain = LINK_LOCAL.matcher(plain).replaceAll("fe80::$1:x:x:");
        plain = ENGINES_LINK_LOCAL.matcher(plain).replaceAll("fe80::42:x:x:x");
        plain = GROUP.matcher(plain).replaceAll("33:33:ff:x:");
        return WAN_GROUP.matcher(plain).replaceAll(group -> "33:33:ff:x:x+" + wanHost(group, 1, 16));
    }

    private static int wanHost(MatchResult found, int group, int radix) {
        return Integer.parseInt(found.group(group), radix) % WAN_HOSTS;
    }
}
