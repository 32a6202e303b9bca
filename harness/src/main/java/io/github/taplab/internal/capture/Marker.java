package io.github.taplab.internal.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A frame that a capture sends for itself, as {@code capture.pl} makes it: what passed before it has been recorded when
 * it has.
 *
 * @param text what it carries, and no other one does
 */
record Marker(String text) {

    /**
     * Lets markers of any capture through, whatever else a filter does. As a filter's first part: behind the word
     * {@code vlan} an expression looks at other octets.
     */
    static final String FILTER = "(ether src 00:00:00:00:00:00 and ether proto 0x88b5)";

    private static final String SIGN = "taplab marker ";
    private static final int HEADER = 14;
    private static final int SOURCE = 6;
    private static final long SOURCE_AND_ETHERTYPE = 0x88b5;

    /** A new one. */
    static Marker fresh() {
        return new Marker(SIGN + UUID.randomUUID());
    }

    /** The marker in these octets, if they are one, of whichever capture. */
    static Optional<Marker> in(ByteBuffer frame) {
        if (frame.limit() <= HEADER || frame.getLong(SOURCE) != SOURCE_AND_ETHERTYPE) {
            return Optional.empty();
        }
        byte[] payload = new byte[frame.limit() - HEADER];
        frame.get(HEADER, payload);
        String text = new String(payload, StandardCharsets.US_ASCII);
        return text.startsWith(SIGN) ? Optional.of(new Marker(text)) : Optional.empty();
    }
}
