package io.github.taplab.internal.guest;

import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.ssh.HostKey;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.internal.ssh.SshHost;
import java.nio.charset.StandardCharsets;

/** The SSH server in a guest, seen from beside the network: whom it lets in, and by which key it is known. */
final class SshServer {

    private static final String AUTHORIZED_KEYS = "/root/.ssh/authorized_keys";

    private final String guest;
    private final RootShell shell;
    private final GuestSystem system;
    private final LabKey labKey;

    SshServer(String guest, RootShell shell, GuestSystem system, LabKey labKey) {
        this.guest = guest;
        this.shell = shell;
        this.system = system;
        this.labKey = labKey;
    }

    /** Has it let in whoever has the lab's key. */
    void authorize() {
        shell.writeFile(AUTHORIZED_KEYS, labKey.authorizedKeysLine().getBytes(StandardCharsets.US_ASCII));
    }

    // Asked each time: a guest that has restarted has a new key.
    SshHost host() {
        return new SshHost(
                guest,
                HostKey.of(shell.run(system.hostKey().toArray(String[]::new)).text()),
                labKey);
    }
}
