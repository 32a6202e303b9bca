package io.github.taplab.internal.guestimage;

import io.github.taplab.spec.Digest;
import io.github.taplab.spec.Digest.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The content of a file, against what it should be. */
final class Content {

    private static final int BUFFER = 1 << 20;

    private Content() {}

    /** Reads the whole file; a GiB takes a few seconds. An interrupt ends it, as one of a channel's. */
    static Digest digest(Path file, Algorithm algorithm) throws IOException {
        MessageDigest digest = messageDigest(algorithm);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            // Reading is what updates the digest.
            while (in.read(buffer) >= 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new ClosedByInterruptException();
                }
            }
        }
        return new Digest(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    /** The refusal of a file with another digest; it says what the file is, if that is no disk. */
    static WrongImageException mismatch(String image, Path file, Digest expected, Digest found) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(DiskHead.LENGTH);
        }
        return new WrongImageException("%s has another digest than it should\n  expected: %s\n  found:    %s%s"
                .formatted(
                        image,
                        expected,
                        found,
                        DiskHead.lookOf(head).map("\n  look at:  "::concat).orElse("")));
    }

    private static MessageDigest messageDigest(Algorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.javaName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has " + algorithm.javaName(), e);
        }
    }
}
