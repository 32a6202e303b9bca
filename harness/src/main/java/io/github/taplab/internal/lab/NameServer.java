package io.github.taplab.internal.lab;

import io.github.taplab.internal.node.Dnsmasq;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The lab's name server, dnsmasq on the gateway: it knows the given names, and says of every other that there is none.
 *
 * @param nic on which it answers
 * @param names that it knows
 * @param ip of all of them
 */
record NameServer(String nic, List<String> names, InetAddress ip) {

    /** What it was asked and what it answered. */
    static final String LOG = "/var/log/taplab/dnsmasq.log";

    private static final String PID_FILE = "/run/taplab-dns.pid";

    NameServer {
        names = List.copyOf(names);
    }

    /** The command that starts it; it returns once the name server listens, or fails. */
    List<String> start() {
        List<String> argv = new ArrayList<>(List.of(
                "dnsmasq",
                // Nothing of the container's own files, nor of the servers that Docker wrote into them.
                "--conf-file=/dev/null",
                "--no-hosts",
                "--no-resolv",
                "--local=/#/",
                "--interface=" + nic,
                "--except-interface=lo",
                // Not --bind-interfaces: that answers whoever reaches the lab's address from the wan, too.
                "--bind-dynamic",
                "--pid-file=" + PID_FILE,
                "--log-queries",
                "--log-facility=" + LOG));
        // Unlike --address, a record holds for the name itself only and not for those below it.
        names.forEach(name -> argv.add("--host-record=%s,%s".formatted(name, ip.getHostAddress())));
        return argv;
    }

    /** The command that ends it; it returns once the name server is gone. */
    List<String> stop() {
        return Dnsmasq.stop(PID_FILE);
    }
}
