package io.github.taplab.internal.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/** The key pair with which a lab's nodes log in to its guests; made for one lab and gone with it. */
public final class LabKey {

    private static final int ED25519_BYTES = 32;
    // Of "none", the cipher that is none.
    private static final int CIPHER_BLOCK = 8;
    private static final int PEM_WIDTH = 70;

    private final KeyPair pair;

    private LabKey(KeyPair pair) {
        this.pair = pair;
    }

    /** Makes a new key pair. */
    public static LabKey generate() {
        try {
            return new LabKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM can't make Ed25519 keys", e);
        }
    }

    KeyPair pair() {
        return pair;
    }

    /**
     * The private key in dropbear's own format (dropbear, signkey_ed25519): a name, and the secret seed followed by the
     * public point.
     */
    byte[] dropbearFormat() {
        byte[] name = KeyType.ED25519.toString().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(Integer.BYTES + name.length + Integer.BYTES + 2 * ED25519_BYTES)
                .putInt(name.length)
                .put(name)
                .putInt(2 * ED25519_BYTES)
                .put(seed())
                .put(point())
                .array();
    }

    private byte[] seed() {
        return ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    }

    private byte[] point() {
        // An X.509 key info ends with the raw public key.
        byte[] info = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(info, info.length - ED25519_BYTES, info.length);
    }

    /** The private key as OpenSSH writes it (openssh-portable, PROTOCOL.key), without a passphrase. */
    String opensshFormat() {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(pair.getPublic()).getCompactData();
        Buffer.PlainBuffer secret = new Buffer.PlainBuffer();
        // Two equal numbers: with a passphrase they would tell whether it was the right one.
        secret.putUInt32(1).putUInt32(1);
        secret.putString(KeyType.ED25519.toString()).putString(point());
        secret.putString(
                ByteBuffer.allocate(2 * ED25519_BYTES).put(seed()).put(point()).array());
        secret.putString("taplab");
        for (byte pad = 1; secret.available() % CIPHER_BLOCK != 0; pad++) {
            secret.putByte(pad);
        }
        byte[] whole = new Buffer.PlainBuffer()
                .putRawBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII))
                .putString("none")
                .putString("none")
                .putString("")
                .putUInt32(1)
                .putString(blob)
                .putString(secret.getCompactData())
                .getCompactData();
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(PEM_WIDTH, new byte[] {'\n'}).encodeToString(whole)
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    /** The line for {@code authorized_keys}. */
    public String authorizedKeysLine() {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(pair.getPublic()).getCompactData();
        return KeyType.fromKey(pair.getPublic()) + " " + Base64.getEncoder().encodeToString(blob) + " taplab\n";
    }
}
