package io.github.taplab.spec;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a file's content must be, to the bit.
 *
 * @param algorithm how the content is hashed
 * @param hex the hash in lower-case hexadecimal digits
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Digest(Algorithm algorithm, String hex) {

    private static final Pattern LOWER_CASE_DIGITS = Pattern.compile("[0-9a-f]+");

    /** The two that publishers of images use. */
    public enum Algorithm {
        /** 64 hexadecimal digits. */
        SHA_256(64),
        /** 128 hexadecimal digits. */
        SHA_512(128);

        private final int digits;

        Algorithm(int digits) {
            this.digits = digits;
        }

        /** As {@link java.security.MessageDigest} calls it. */
        public String javaName() {
            return name().replace('_', '-');
        }
    }

    public Digest {
        Given.check("a digest", "algorithm", algorithm, "hex", hex);
        if (hex.length() != algorithm.digits || !LOWER_CASE_DIGITS.matcher(hex).matches()) {
            throw new IllegalArgumentException("%s has %d hexadecimal digits in lower case, found %s"
                    .formatted(algorithm.javaName(), algorithm.digits, Quoted.of(hex)));
        }
    }

    /**
     * Reads hexadecimal digits in either case: 64 are SHA-256, 128 are SHA-512.
     *
     * @throws InvalidSpecException if the text is anything else
     */
    public static Digest of(String text) {
        String hex = text.toLowerCase(Locale.ROOT);
        for (Algorithm algorithm : Algorithm.values()) {
            if (hex.length() == algorithm.digits
                    && LOWER_CASE_DIGITS.matcher(hex).matches()) {
                return new Digest(algorithm, hex);
            }
        }
        throw new InvalidSpecException(
                List.of("%s is no digest: 64 hexadecimal digits (SHA-256) or 128 (SHA-512), found %s"
                        .formatted(Quoted.of(text), found(hex))));
    }

    private static String found(String hex) {
        boolean digitsOnly = LOWER_CASE_DIGITS.matcher(hex).matches();
        return digitsOnly || hex.isEmpty() ? hex.length() + " of them" : "something else between them";
    }

    /** With its algorithm in front: {@code sha256:9f86…}. */
    @Override
    public String toString() {
        return "%s:%s".formatted(algorithm.javaName().replace("-", "").toLowerCase(Locale.ROOT), hex);
    }
}
