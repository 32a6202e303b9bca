package io.github.taplab.internal.node;

import io.github.taplab.node.GuestShell;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.util.Optional;

/** A guest's shell as Taplab itself needs it. */
public interface RootShell extends GuestShell {

    /** Writes a file, replacing one that is there; its folder must be there. */
    void writeFile(String path, byte[] content);

    /**
     * Gives a NIC an IPv4 address, and the system its default route: as two calls of {@code ip} would, at the price of
     * one command.
     *
     * @param router empty: it gets no route
     */
    default void addAddress(String nic, InterfaceIp address, Optional<InetAddress> router) {
        run(
                "/bin/sh",
                "-c",
                "ip address add \"$2\" dev \"$1\" && { [ -z \"$3\" ] || ip -4 route add default via \"$3\" dev \"$1\"; }",
                "sh",
                nic,
                address.toString(),
                router.map(InetAddress::getHostAddress).orElse(""));
    }
}
