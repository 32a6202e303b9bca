package io.github.taplab.internal.lab;

import io.github.taplab.spec.Subnet;
import java.util.List;

/**
 * Source NAT on the gateway: what leaves through the outer interface gets that interface's address.
 *
 * @param inside whose packets are meant
 * @param nic the outer interface
 */
record Masquerade(Subnet inside, String nic) {

    private static final String TABLE = "taplab-nat";

    /** The command that begins it. */
    List<String> start() {
        return List.of("nft", """
                add table ip %1$s; \
                add chain ip %1$s postrouting { type nat hook postrouting priority srcnat; }; \
                add rule ip %1$s postrouting ip saddr %2$s oifname "%3$s" masquerade""".formatted(TABLE, inside, nic));
    }

    /** The command that ends it for new connections. */
    List<String> stop() {
        return List.of("nft", "delete table ip " + TABLE);
    }
}
