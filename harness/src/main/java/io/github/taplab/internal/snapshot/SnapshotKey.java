package io.github.taplab.internal.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * All that a machine must have in common with the one of a snapshot to go on from there.
 *
 * @param image id of the lab image: it has the guest's kernel and the QEMU
 * @param host what tells the Docker host from others where the guest has its CPU; otherwise empty
 * @param machine how it is started, without what is outside of it: names, and what its macvtaps are like
 * @param text the same in short, for people
 */
public record SnapshotKey(String image, String host, String machine, String text) {

    private static final int DIGITS = 16;

    /** A name for what belongs to this key. */
    String name() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", image, host, machine).getBytes(StandardCharsets.UTF_8));
            return "taplab-snapshot-" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
