package io.github.taplab.internal.guest;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.node.Console;
import io.github.taplab.node.Shell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What tells a distribution that goes on from a snapshot from all others that do: its clock, its machine-id and its SSH
 * host keys. Its random numbers are its kernel's business, which sows them anew when the VM generation ID is another
 * one; a kernel that does not know of that is no kernel to make a snapshot of.
 *
 * <p>Other than after a boot, who had read the machine-id before goes on with that of the snapshot until it starts
 * anew, systemd and its journal among them; and boot_id is the snapshot's.
 */
final class Identity {

    // Emulated, it is less than a second; on a busy machine more than ten have been seen.
    private static final Duration TAKEN = Duration.ofMinutes(1);
    // Its boot has a minute to come to its end.
    private static final Duration PREPARED = Duration.ofMinutes(2);
    private static final Duration MADE = Duration.ofSeconds(30);

    /**
     * The last thing that is done, on the console, behind it the machine-id: nobody hears of the end of the agent's
     * processes, and each question takes an emulated CPU from them.
     */
    private static final String SIGN = "taplab: goes on from a snapshot as ";

    /** Before the snapshot, so that nobody has to do it afterwards. Prints the types of the SSH host keys. */
    static final String PREPARE = """
            set -eu
            set -- /sys/bus/*/drivers/vmgenid/*:*
            if [ ! -e "$1" ]; then
              echo "its kernel has no driver for the VM generation ID" >&2
              exit 1
            fi
            # What its boot has still to do, and what is not on its disk yet, each of them would do anew.
            [ ! -d /run/systemd/system ] || timeout 60 systemctl is-system-running --wait >/dev/null || true
            ip neighbour flush all
            rm -f /var/lib/systemd/random-seed
            sync
            for key in /etc/ssh/ssh_host_*_key; do
              [ ! -e "$key" ] || { key=${key#*/ssh_host_} && echo "${key%_key}"; }
            done
            """;

    /** In the launcher, which an emulated guest would need half a second a key for. */
    private static final String MAKE_KEYS = """
            set -eu
            folder=$(mktemp -d)
            while read -r type; do
              ssh-keygen -q -t "$type" -N '' -C "root@$1" -f "$folder/$type"
              echo "$type"
              cat "$folder/$type.pub" "$folder/$type"
              echo
            done <"$2"
            rm -r "$folder"
            """;

    /**
     * Straight-line, with as few processes as can be: under emulation each costs tens of milliseconds. The files of the
     * keys are written and not replaced, so that their modes and labels stay. They come in the environment, which only
     * root can see: argv is in the agent's log, and from its standard input a shell reads each character by itself.
     * Prints the MAC addresses of all NICs.
     */
    private static final String TAKE = """
            set -eu
            date -s "@$1" >/dev/null
            number=0
            for type in $TYPES; do
              key=/etc/ssh/ssh_host_${type}_key
              number=$((number + 1))
              eval "echo \\"\\$PUBLIC_$number\\" >\\"\\$key.pub\\"; echo \\"\\$PRIVATE_$number\\" >\\"\\$key\\""
            done
            # sshd reads its keys when it starts, which it does anew on SIGHUP, beside all that follows here. It writes
            # the file when it listens.
            sshd=
            [ ! -e /run/sshd.pid ] || read -r sshd </run/sshd.pid
            if [ -n "$sshd" ]; then
              : >/run/sshd.pid
              kill -HUP "$sshd"
            fi
            old=
            [ ! -e /etc/machine-id ] || read -r old </etc/machine-id || true
            if [ -n "$old" ]; then
              echo "$2" >/etc/machine-id
              [ ! -e /var/lib/dbus/machine-id ] || echo "$2" >/var/lib/dbus/machine-id
              # journalctl looks in the folder of the machine-id only, and journald still writes to the old one.
              for journal in /run/log/journal /var/log/journal; do
                [ ! -e "$journal/$old" ] || ln -s "$old" "$journal/$2"
              done
            fi
            [ -e %1$s ] || : >%1$s
            cd /sys/class/net
            for nic in */address; do
              read -r mac <"$nic" && echo "$nic:$mac"
            done
            # Seldom: each look takes the emulated CPU from sshd.
            while [ -n "$sshd" ] && [ ! -s /run/sshd.pid ]; do
              sleep 0.2
            done
            { echo "%2$s$2" >/dev/console; } 2>/dev/null || true
            """.replace("%2$s", SIGN).replace("%1$s", BootMark.PATH);

    private final String guest;
    private final GuestAgent agent;
    private final Shell launcher;
    private final SnapshotFiles snapshot;
    private final Console console;

    /**
     * The identity of one guest.
     *
     * @param console the guest's
     * @param snapshot the one that is made of the guest, or the one that it goes on from
     */
    Identity(String guest, GuestAgent agent, Console console, Shell launcher, SnapshotFiles snapshot) {
        this.guest = guest;
        this.console = console;
        this.agent = agent;
        this.launcher = launcher;
        this.snapshot = snapshot;
    }

    /**
     * Prepares a guest for a snapshot.
     *
     * @throws IllegalStateException if those that went on from it would not differ
     */
    void prepare() {
        CommandResult types = agent.tryRun(PREPARED, "/bin/sh", "-c", PREPARE);
        if (!types.succeeded()) {
            throw new IllegalStateException("%s is not fit for a snapshot: %s"
                    .formatted(guest, types.stderr().strip()));
        }
        launcher.run("/bin/sh", "-c", "printf %s \"$1\" >\"$2\"", "sh", types.stdout(), snapshot.hostKeyTypes());
    }

    /**
     * Gives it to a guest that has just gone on from the snapshot.
     *
     * @return the MAC addresses of its NICs, a line each: "eth0/address:02:9e:00:00:00:05"
     */
    List<String> take() {
        List<String> keys =
                environment(launcher.tryRun(MADE, "/bin/sh", "-c", MAKE_KEYS, "sh", guest, snapshot.hostKeyTypes())
                        .orThrow()
                        .stdout());
        String machineId = UUID.randomUUID().toString().replace("-", "");
        try (Beside<String> sign =
                Beside.begin("taplab-sign: " + guest, () -> console.awaitLine(SIGN + machineId, TAKEN))) {
            // As late as possible.
            Instant now = Instant.now();
            String seconds = "%d.%09d".formatted(now.getEpochSecond(), now.getNano());
            return agent.tryRun(keys, TAKEN, sign.result(), "/bin/sh", "-c", TAKE, "sh", seconds, machineId)
                    .orThrow()
                    .stdout()
                    .lines()
                    .toList();
        }
    }

    private static List<String> environment(String made) {
        List<String> types = new ArrayList<>();
        List<String> environment = new ArrayList<>();
        for (String key : made.split("\n\n", -1)) {
            if (key.isBlank()) {
                continue;
            }
            String[] parts = key.split("\n", 3);
            types.add(parts[0]);
            environment.add("PUBLIC_%d=%s".formatted(types.size(), parts[1]));
            environment.add("PRIVATE_%d=%s".formatted(types.size(), parts[2]));
        }
        environment.add("TYPES=" + String.join(" ", types));
        return environment;
    }
}
