package io.github.taplab.internal.ssh.tunnel;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import org.jspecify.annotations.Nullable;

/** The hosts whose keys this user knows. Nobody is asked about another one, and nothing is written down. */
final class KnownHosts extends OpenSSHKnownHosts {

    private final SshAddress address;
    private final Path file;
    private volatile @Nullable String problem;

    /**
     * Reads the file; one that is not there knows nobody.
     *
     * @throws IOException if it can't be read
     */
    KnownHosts(Path file, SshAddress address) throws IOException {
        super(file.toFile(), QuietLoggers.INSTANCE);
        this.file = file;
        this.address = address;
    }

    // sshj asks for an RSA key that is known by the name of its signatures with SHA-1 alone, by which no server since
    // OpenSSH 8.8 shows it; it would then show another key.
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        List<String> names = super.findExistingAlgorithms(hostname, port);
        return names.contains("ssh-rsa")
                ? Stream.concat(Stream.of("rsa-sha2-512", "rsa-sha2-256"), names.stream())
                        .distinct()
                        .toList()
                : names;
    }

    @Override
    protected boolean hostKeyUnverifiableAction(String hostname, PublicKey key) {
        problem = "its host key, %s, is not in %s: log in once with %s, and compare the key that it shows"
                .formatted(shown(key), file, address.command());
        return false;
    }

    @Override
    protected boolean hostKeyChangedAction(String hostname, PublicKey key) {
        problem =
                "its host key, %s, is another one than %s has for it, so it may be another machine: if it is known to have a new one, forget the old one with ssh-keygen -f %s -R '%s', and log in once with %s"
                        .formatted(shown(key), file, file, address.knownName(), address.command());
        return false;
    }

    /** Why the host's key was refused; empty: it was not. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** As OpenSSH shows it. */
    private static String shown(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(new Buffer.PlainBuffer().putPublicKey(key).getCompactData());
            return "%s SHA256:%s"
                    .formatted(
                            KeyType.fromKey(key),
                            Base64.getEncoder().withoutPadding().encodeToString(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
