package io.github.taplab.internal.docker;

import io.github.taplab.internal.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Names of volumes that say what is in them: whoever needs the same finds it. */
public final class VolumeName {

    private static final int BYTES = 8;

    private VolumeName() {}

    /**
     * The name of what is made from these parts, in this order.
     *
     * @param kind what it is, in front: "taplab-customized"
     */
    public static String of(String kind, Stream<String> parts) {
        MessageDigest digest = Sha256.begin();
        // Each part with its length: what stands in one must not be taken for the beginning of the next.
        parts.map(part -> "%d:%s".formatted(part.length(), part).getBytes(StandardCharsets.UTF_8))
                .forEach(digest::update);
        return kind + "-" + HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
