package io.github.taplab.internal.green;

import io.github.taplab.internal.text.Sha256;
import java.util.HexFormat;

/** Short names for long texts. */
final class Digests {

    private static final int BYTES = 16;

    private Digests() {}

    static String of(String text) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, BYTES);
    }
}
