package io.github.taplab.internal.ssh;

import io.github.taplab.spec.Quoted;
import java.net.InetAddress;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.schmizz.sshj.common.Buffer;

/** The public key of an SSH server, as an OpenSSH line has it. */
public final class HostKey {

    private static final Pattern LINE = Pattern.compile("(\\S+) ([A-Za-z0-9+/=]+)(?: .*)?");

    private final String algorithm;
    private final byte[] blob;

    private HostKey(String algorithm, byte[] blob) {
        this.algorithm = algorithm;
        this.blob = blob;
    }

    /**
     * Reads a line such as {@code ssh-ed25519 AAAA… comment}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static HostKey of(String line) {
        Matcher parts = LINE.matcher(line);
        try {
            if (parts.matches()) {
                return new HostKey(parts.group(1), Base64.getDecoder().decode(parts.group(2)));
            }
        } catch (IllegalArgumentException noBase64) {
            // It has the letters of a key, and is none.
        }
        throw new IllegalArgumentException("No public key in OpenSSH's format: " + Quoted.of(line));
    }

    /** The line for {@code known_hosts}. */
    String knownHostsLine(InetAddress ip) {
        return "%s %s %s%n"
                .formatted(ip.getHostAddress(), algorithm, Base64.getEncoder().encodeToString(blob));
    }

    String algorithm() {
        return algorithm;
    }

    boolean is(PublicKey offered) {
        return Arrays.equals(
                blob, new Buffer.PlainBuffer().putPublicKey(offered).getCompactData());
    }
}
