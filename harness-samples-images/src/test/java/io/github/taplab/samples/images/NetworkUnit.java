package io.github.taplab.samples.images;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Guest;
import java.time.Duration;

/**
 * The unit of a guest with systemd-networkd that waits for its network. By itself it does so for two minutes, in this
 * image for 10 s; after the boot each start says how long, so that a spec in which it waits in vain takes seconds.
 */
final class NetworkUnit {

    static final String NAME = "systemd-networkd-wait-online.service";

    /** For the guest's seed. */
    static final String CONFIG_FILE = "/etc/systemd/system/" + NAME + ".d/zz-timeout.conf";

    /**
     * The unit reads a file at each start: another file here would need a {@code daemon-reload}, 10 s on a busy
     * machine.
     */
    static final String CONFIG = """
            [Service]
            EnvironmentFile=/run/network-timeout
            ExecStart=
            ExecStart=/usr/lib/systemd/systemd-networkd-wait-online --timeout=${TIMEOUT}
            """;

    // With what an emulated guest needs on a busy machine to start a program.
    private static final Duration OVERHEAD = Duration.ofSeconds(60);

    private NetworkUnit() {}

    /** As at a boot: the DHCP client begins anew, and then the unit. Returns when the unit has waited. */
    static CommandResult start(Guest guest, Duration timeout) {
        renew(guest, timeout);
        return guest.tryRun(timeout.plus(OVERHEAD), "systemctl", "start", NAME);
    }

    /** The same, and returns while it waits. */
    static void begin(Guest guest, Duration timeout) {
        renew(guest, timeout);
        guest.run("systemctl", "start", "--no-block", NAME);
    }

    private static void renew(Guest guest, Duration timeout) {
        String commands = """
                echo TIMEOUT=%2$d >/run/network-timeout
                systemctl stop %1$s systemd-networkd.socket systemd-networkd.service
                ip -4 address flush dev %3$s
                systemctl start systemd-networkd.service
                """.formatted(NAME, timeout.toSeconds(), guest.nic());
        guest.run(OVERHEAD, "/bin/sh", "-c", commands);
    }

    /** In systemd's words, such as {@code activating}. */
    static String state(Guest guest) {
        return guest.tryRun("systemctl", "is-active", NAME).text();
    }

    /** What it has said since it was last started. */
    static String journal(Guest guest) {
        // It may still be about to take what the unit has said; and what is written to, journalctl now and then takes
        // for
        // truncated (systemd issue 40053).
        String commands = """
                journalctl --sync
                journalctl --rotate
                journalctl -o cat _SYSTEMD_INVOCATION_ID=$(systemctl show -P InvocationID %s)
                """.formatted(NAME);
        return guest.run("/bin/sh", "-ec", commands).stdout();
    }
}
