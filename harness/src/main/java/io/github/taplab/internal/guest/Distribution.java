package io.github.taplab.internal.guest;

import io.github.taplab.internal.http.Curl;
import io.github.taplab.internal.http.HttpClient;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.ssh.OpensshClient;
import io.github.taplab.internal.ssh.SshHost;
import io.github.taplab.internal.ssh.SshLogin;
import io.github.taplab.internal.wait.Waiting;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Linux distribution on a disk: OpenSSH, iproute2, curl.
 *
 * @param nics names of its NICs, in the order of their declaration
 */
record Distribution(List<String> nics) implements GuestSystem {

    private static final Duration DRIVERS = Duration.ofMinutes(1);
    private static final String BETWEEN = "/address:";
    // While udev works, a NIC may still get another name, even between two looks at it.
    private static final String ADDRESSES = "if type udevadm >/dev/null 2>&1; then udevadm settle --timeout=20; fi;"
            + " cd /sys/class/net && grep -Hs . */address || true";

    Distribution {
        nics = List.copyOf(nics);
    }

    /**
     * Looks how the guest calls its NICs, since each distribution has rules of its own, and sets them up, since not
     * each does.
     *
     * @throws io.github.taplab.command.DeadlineExceededException if it has no driver for one
     */
    static Distribution of(String guest, RootShell shell, List<NicConfig> nics) {
        // Drivers are loaded while the system already runs.
        List<String> names = Waiting.until(
                "%s finds its NICs %s"
                        .formatted(guest, nics.stream().map(NicConfig::mac).toList()),
                DRIVERS,
                () -> addresses(shell),
                found -> nics.stream().allMatch(nic -> name(nic, found).isPresent()));
        Distribution system = named(nics, names);
        shell.run("mkdir", "-p", "-m", "0700", "/root/.ssh", BootMark.PATH);
        system.nics.forEach(name -> shell.run("ip", "link", "set", "dev", name, "up"));
        return system;
    }

    /** One that has been looked at before, and was set up then. */
    static Distribution named(List<NicConfig> nics, List<String> addresses) {
        return new Distribution(
                nics.stream().map(nic -> name(nic, addresses).orElseThrow()).toList());
    }

    private static List<String> addresses(RootShell shell) {
        return shell.sh(ADDRESSES).stdout().lines().toList();
    }

    private static Optional<String> name(NicConfig nic, List<String> found) {
        return found.stream()
                .filter(line -> line.endsWith(BETWEEN + nic.mac()))
                .map(line -> line.substring(0, line.indexOf(BETWEEN)))
                .findFirst();
    }

    @Override
    public String nic(int index) {
        return nics.get(index);
    }

    @Override
    public List<String> hostKey() {
        return List.of("cat", "/etc/ssh/ssh_host_ed25519_key.pub");
    }

    @Override
    public SshLogin.Result logIn(RootShell shell, InetAddress at, SshHost host) {
        return OpensshClient.attempt(shell, shell::writeFile, at, host);
    }

    @Override
    public HttpClient httpClient() {
        return new Curl();
    }
}
