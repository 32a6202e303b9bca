package io.github.taplab.internal.green;

import io.github.taplab.internal.address.AnyNetwork;
import java.util.regex.Pattern;

/** Texts of one lab as they would be in another of its kind: without the numbers of its networks, and without times. */
final class AnyLab {

    private static final Pattern TIME = Pattern.compile("\\b\\d+(\\.\\d+)? ?(ms|s|sec|seconds)\\b");

    private AnyLab() {}

    static String text(String text) {
        return TIME.matcher(AnyNetwork.text(text)).replaceAll("… $2");
    }
}
