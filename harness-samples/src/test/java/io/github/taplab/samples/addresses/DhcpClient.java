package io.github.taplab.samples.addresses;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Guest;
import java.util.stream.Stream;

/** The small guest's DHCP client, busybox' udhcpc, with a script that does what the server says. */
final class DhcpClient {

    private static final String SCRIPT = """
            cat >/tmp/lease <<'END'
            #!/bin/sh
            [ "$1" = bound ] || exit 0
            ip address add "$ip/$mask" dev "$interface"
            ip route add default via "$router" dev "$interface"
            END
            chmod +x /tmp/lease
            """;

    private DhcpClient() {}

    /** Asks up to three times, a second apart, and fails if it gets no address, as a unit that brings up networking. */
    static CommandResult ask(Guest guest, String... options) {
        guest.sh(SCRIPT);
        Stream<String> asking = Stream.of("udhcpc", "-i", guest.nic(), "-s", "/tmp/lease", "-n", "-q", "-f", "-T", "1");
        return guest.tryRun(Stream.concat(asking, Stream.of(options)).toArray(String[]::new));
    }
}
