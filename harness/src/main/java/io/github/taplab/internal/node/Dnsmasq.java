package io.github.taplab.internal.node;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.Prefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A dnsmasq that serves addresses on one interface, and no names.
 *
 * @param pidFile by which it is found again, since other instances may run beside it
 * @param options that say what it serves
 */
public record Dnsmasq(String pidFile, List<String> options) {

    private static final int SLAAC_LENGTH = 64;

    public Dnsmasq {
        options = List.copyOf(options);
    }

    /** Gives out IPv4 addresses. */
    static Dnsmasq dhcp(String nic, InetAddress first, InetAddress last) {
        for (InetAddress ip : List.of(first, last)) {
            if (!(ip instanceof Inet4Address)) {
                throw new IllegalArgumentException("DHCP is for IPv4 addresses, found " + InterfaceIp.text(ip));
            }
        }
        return new Dnsmasq(
                "/run/taplab-dhcp.pid",
                List.of(
                        "--interface=" + nic,
                        "--dhcp-range=%s,%s".formatted(InterfaceIp.text(first), InterfaceIp.text(last)),
                        // It would ask for an address for up to three seconds before it offers it.
                        "--no-ping"));
    }

    /** Says that this is a router, and whose addresses are made by the stations themselves. */
    static Dnsmasq router(String nic, Prefix network) {
        if (network.isIpv4() || network.length() != SLAAC_LENGTH) {
            throw new IllegalArgumentException("A router advertises IPv6 networks of 64 bits, found " + network);
        }
        return new Dnsmasq(
                "/run/taplab-router.pid",
                List.of(
                        "--interface=" + nic,
                        "--dhcp-range=%s,ra-only".formatted(InterfaceIp.text(network.network()))));
    }

    /** The command that starts it; it returns once the server listens, or fails. */
    List<String> start() {
        List<String> argv = new ArrayList<>(List.of(
                // Which refuses a second one; dnsmasq shares its ports.
                "start-stop-daemon",
                "--start",
                "--name",
                "dnsmasq",
                "--pidfile",
                pidFile,
                "--startas",
                "/usr/sbin/dnsmasq",
                "--",
                // Nothing of the container's own files; no names.
                "--conf-file=/dev/null",
                "--port=0",
                "--except-interface=lo",
                "--bind-dynamic",
                "--pid-file=" + pidFile,
                "--leasefile-ro",
                "--log-facility=/dev/null"));
        argv.addAll(options);
        return argv;
    }

    /** The command that ends it; it returns once the server is gone. */
    List<String> stop() {
        return stop(pidFile);
    }

    /** The command that ends the one that has written its process id there, and no other of its container. */
    public static List<String> stop(String pidFile) {
        return List.of(
                "start-stop-daemon",
                "--stop",
                // The file belongs to the user that dnsmasq becomes, so alone it is not trusted.
                "--name",
                "dnsmasq",
                "--pidfile",
                pidFile,
                "--remove-pidfile",
                "--retry",
                "TERM/5/KILL/5");
    }
}
