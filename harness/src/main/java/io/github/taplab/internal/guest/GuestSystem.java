package io.github.taplab.internal.guest;

import io.github.taplab.internal.http.HttpClient;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.ssh.SshHost;
import io.github.taplab.internal.ssh.SshLogin;
import java.net.InetAddress;
import java.util.List;

/** What differs from one guest's system to another's. */
interface GuestSystem {

    String RESOLV_CONF = "/etc/resolv.conf";

    /** Name of a NIC. */
    String nic(int index);

    /** The command that prints the public half of the SSH server's host key. */
    List<String> hostKey();

    /** Logs in from the guest to another. */
    SshLogin.Result logIn(RootShell shell, InetAddress at, SshHost host);

    /** What the guest gets a page with. */
    HttpClient httpClient();
}
