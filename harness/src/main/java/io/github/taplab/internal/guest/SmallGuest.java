package io.github.taplab.internal.guest;

import io.github.taplab.internal.http.BusyboxWget;
import io.github.taplab.internal.http.HttpClient;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.ssh.DropbearClient;
import io.github.taplab.internal.ssh.SshHost;
import io.github.taplab.internal.ssh.SshLogin;
import io.github.taplab.node.Shell;
import java.net.InetAddress;
import java.util.List;

/** Where the lab image keeps the small guest, and what that promises. */
enum SmallGuest implements GuestSystem {
    INSTANCE;

    private static final String FOLDER = "/usr/share/taplab/guest/";

    /** What it boots from. */
    static Boot.Kernel boot(Shell launcher) {
        return new Boot.Kernel(
                FOLDER + "kernel",
                FOLDER + "initrd",
                launcher.run("cat", FOLDER + "cmdline").text());
    }

    @Override
    public String nic(int index) {
        return "eth" + index;
    }

    @Override
    public List<String> hostKey() {
        return List.of("host-key");
    }

    @Override
    public SshLogin.Result logIn(RootShell shell, InetAddress at, SshHost host) {
        return DropbearClient.attempt(shell, shell::writeFile, at, host);
    }

    @Override
    public HttpClient httpClient() {
        return new BusyboxWget();
    }
}
