package io.github.taplab.internal.ssh.tunnel;

import com.hierynomus.sshj.common.KeyDecryptionFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;

/** The keys that a user logs in with: first those of the agent, then the files that OpenSSH looks for. */
final class LoginKeys {

    private static final List<String> FILES = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private final List<AuthMethod> methods = new ArrayList<>();
    private final List<String> offered = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /** Looks for them. */
    LoginKeys(SSHClient ssh, SshSettings settings) {
        settings.agent().ifPresent(this::addAgent);
        for (String name : FILES) {
            Path file = settings.folder().resolve(name);
            if (Files.exists(file)) {
                addFile(ssh, file);
            }
        }
        if (methods.isEmpty() && leftOut.isEmpty()) {
            leftOut.add("SSH_AUTH_SOCK names no agent, and %s has none of %s"
                    .formatted(settings.folder(), String.join(", ", FILES)));
        }
    }

    private void addAgent(Path socket) {
        KeyAgent agent = new KeyAgent(socket);
        try {
            List<byte[]> keys = agent.keys();
            for (byte[] key : keys) {
                methods.add(new AgentLogin(agent, key));
            }
            if (keys.isEmpty()) {
                leftOut.add("the agent at %s has none: ssh-add gives it some".formatted(socket));
            } else {
                offered.add("%d of the agent".formatted(keys.size()));
            }
        } catch (IOException e) {
            leftOut.add("the agent at SSH_AUTH_SOCK=%s does not answer (%s)".formatted(socket, e.getMessage()));
        }
    }

    private void addFile(SSHClient ssh, Path file) {
        try {
            KeyProvider key = ssh.loadKeys(file.toString());
            // Read now: one that is locked would be an attempt that fails.
            if (key.getPrivate() != null) {
                methods.add(new AuthPublickey(key));
                offered.add(file.toString());
            }
        } catch (KeyDecryptionFailedException e) {
            leftOut.add("%1$s has a passphrase: give it to an agent with ssh-add %1$s".formatted(file));
        } catch (IOException e) {
            leftOut.add("%s can't be read (%s)".formatted(file, e.getMessage()));
        }
    }

    List<AuthMethod> methods() {
        return List.copyOf(methods);
    }

    /** Why nobody was let in, as far as the keys tell it. */
    String refused() {
        List<String> words = new ArrayList<>();
        if (!offered.isEmpty()) {
            words.add("none of these keys was taken, and one has to be in the authorized_keys there: "
                    + String.join(", ", offered));
        }
        words.addAll(leftOut);
        return String.join("; ", words);
    }
}
