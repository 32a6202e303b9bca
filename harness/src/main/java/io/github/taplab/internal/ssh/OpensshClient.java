package io.github.taplab.internal.ssh;

import io.github.taplab.internal.ssh.DropbearClient.FileWriter;
import io.github.taplab.node.Shell;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** Logs in from a guest that has OpenSSH's client. */
public final class OpensshClient {

    private static final String KEY = "/root/.ssh/id_taplab";
    private static final String KNOWN_HOSTS = "/root/.ssh/known_hosts_taplab";

    private OpensshClient() {}

    /** Tries to log in as root. */
    public static SshLogin.Result attempt(Shell guest, FileWriter files, InetAddress ip, SshHost host) {
        guest.run("install", "-m", "0600", "/dev/null", KEY);
        files.write(KEY, host.labKey().opensshFormat().getBytes(StandardCharsets.US_ASCII));
        files.write(KNOWN_HOSTS, host.hostKey().knownHostsLine(ip).getBytes(StandardCharsets.US_ASCII));
        // Without a ConnectTimeout: that counts until the server has said its name, which on a busy machine is late.
        return new ClientInGuest(guest, ip)
                .run(
                        "ssh",
                        "-T",
                        "-i",
                        KEY,
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "IdentitiesOnly=yes",
                        "-o",
                        "StrictHostKeyChecking=yes",
                        "-o",
                        "UserKnownHostsFile=" + KNOWN_HOSTS,
                        "root@" + ip.getHostAddress(),
                        "true");
    }
}
