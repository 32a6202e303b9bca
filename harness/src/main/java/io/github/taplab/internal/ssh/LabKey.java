package io.github.taplab.internal.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/** The key pair with which a lab's nodes log in to its guests; made for one lab and gone with it. */
public final class LabKey {

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

    /** The line for {@code authorized_keys}. */
    public String authorizedKeysLine() {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(pair.getPublic()).getCompactData();
        return KeyType.fromKey(pair.getPublic()) + " " + Base64.getEncoder().encodeToString(blob) + " taplab\n";
    }
}
