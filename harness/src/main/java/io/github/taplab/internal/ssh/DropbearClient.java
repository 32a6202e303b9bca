package io.github.taplab.internal.ssh;

import io.github.taplab.node.Shell;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * Logs in from a guest, with dropbear's client there: no stream leads through a guest without its network, so the
 * protocol can't be spoken by this JVM.
 */
public final class DropbearClient {

    private static final String KEY = "/root/.ssh/id_dropbear";
    private static final String KNOWN_HOSTS = "/root/.ssh/known_hosts";

    private DropbearClient() {}

    /** Puts a file into the guest that the client runs in. */
    @FunctionalInterface
    public interface FileWriter {

        void write(String path, byte[] content);
    }

    /** Tries to log in as root. */
    public static SshLogin.Result attempt(Shell guest, FileWriter files, InetAddress ip, SshHost host) {
        files.write(KEY, host.labKey().dropbearFormat());
        files.write(KNOWN_HOSTS, host.hostKey().knownHostsLine(ip).getBytes(StandardCharsets.US_ASCII));
        return new ClientInGuest(guest, ip).run("dbclient", "-T", "-i", KEY, "root@" + ip.getHostAddress(), "true");
    }
}
