package io.github.taplab.internal.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in PEM: PKCS#8, or RSA's older PKCS#1, which OpenSSL wrote before version 3. */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    // The PKCS#8 of an RSA key: version 0 and RSA's object identifier, before the key itself.
    private static final byte[] RSA = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int SHORT_LENGTH = 0x80;
    private static final int LENGTH_OF_TWO_OCTETS = 0x82;

    private PemKey() {}

    /**
     * Reads a file.
     *
     * @throws InvalidKeySpecException if it has no key that can be read, with the file's name and what to do
     */
    static PrivateKey read(Path file) throws GeneralSecurityException, IOException {
        Matcher block = BLOCK.matcher(Files.readString(file));
        if (!block.find()) {
            throw unreadable(file);
        }
        byte[] content = Base64.getMimeDecoder().decode(block.group(2));
        return switch (block.group(1)) {
            case "PRIVATE KEY" -> ofAnyKind(content, file);
            case "RSA PRIVATE KEY" ->
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped(content)));
            default -> throw unreadable(file);
        };
    }

    private static PrivateKey ofAnyKind(byte[] content, Path file) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
            } catch (InvalidKeySpecException other) {
                // It is of another kind.
            }
        }
        throw unreadable(file);
    }

    private static InvalidKeySpecException unreadable(Path file) {
        return new InvalidKeySpecException(
                "%1$s has no private key that can be read: openssl pkcs8 -topk8 -nocrypt -in %1$s -out key8.pem makes one"
                        .formatted(file));
    }

    private static byte[] wrapped(byte[] key) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA);
        write(inner, OCTETS, key);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        write(whole, SEQUENCE, inner.toByteArray());
        return whole.toByteArray();
    }

    private static void write(ByteArrayOutputStream to, int kind, byte[] content) {
        to.write(kind);
        if (content.length < SHORT_LENGTH) {
            to.write(content.length);
        } else {
            to.write(LENGTH_OF_TWO_OCTETS);
            to.write(content.length >> Byte.SIZE);
            to.write(content.length);
        }
        to.writeBytes(content);
    }
}
