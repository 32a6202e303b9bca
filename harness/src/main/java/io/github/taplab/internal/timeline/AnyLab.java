package io.github.taplab.internal.timeline;

import java.util.regex.Pattern;

/** Texts of one lab as they would be in another of its kind: without the number of its network, and without times. */
final class AnyLab {

    private static final Pattern IPV4 = Pattern.compile("\\b198\\.1[89]\\.\\d{1,3}\\.(?=\\d{1,3}\\b)");
    private static final Pattern IPV6 = Pattern.compile("\\bfd74:6170:6c62:[0-9a-f]{1,4}:");
    // A guest's has none.
    private static final Pattern MAC = Pattern.compile("\\b02:(1a|c1|6a|eb):[0-9a-f]{2}:[0-9a-f]{2}:");
    private static final Pattern TIME = Pattern.compile("\\b\\d+(\\.\\d+)? ?(ms|s|sec|seconds)\\b");

    private AnyLab() {}

    static String text(String text) {
        String plain = IPV4.matcher(text).replaceAll("198.18.x.");
        plain = IPV6.matcher(plain).replaceAll("fd74:6170:6c62:x:");
        plain = MAC.matcher(plain).replaceAll("02:$1:x:x:");
        return TIME.matcher(plain).replaceAll("… $2");
    }
}
