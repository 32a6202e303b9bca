package io.github.taplab.internal.guest;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.node.Shell;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration MADE = Duration.ofSeconds(30);

    /** Before the snapshot, so that nobody has to do it afterwards. Prints the types of the SSH host keys. */
    private static final String PREPARE = """
            set -eu
            set -- /sys/bus/*/drivers/vmgenid/*:*
            if [ ! -e "$1" ]; then
              echo "its kernel has no driver for the VM generation ID" >&2
              exit 1
            fi
            ip neighbour flush all
            rm -f /var/lib/systemd/random-seed
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
     * keys are written and not replaced, so that their modes and labels stay. Prints the MAC addresses of all NICs.
     */
    private static final String TAKE = """
            set -eu
            date -s "@$1" >/dev/null
            while read -r type; do
              key=/etc/ssh/ssh_host_${type}_key
              read -r line
              echo "$line" >"$key.pub"
              : >"$key"
              while read -r line && [ -n "$line" ]; do
                echo "$line" >>"$key"
              done
            done
            # sshd reads its keys when it starts, which it does anew on SIGHUP. It writes the file when it listens.
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
            """.replace("%1$s", BootMark.PATH);

    private final String guest;
    private final GuestAgent agent;
    private final Shell launcher;
    private final SnapshotFiles snapshot;

    /**
     * The identity of one guest.
     *
     * @param snapshot the one that is made of the guest, or the one that it goes on from
     */
    Identity(String guest, GuestAgent agent, Shell launcher, SnapshotFiles snapshot) {
        this.guest = guest;
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
        CommandResult types = agent.tryRun("/bin/sh", "-c", PREPARE);
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
        String keys = launcher.tryRun(MADE, "/bin/sh", "-c", MAKE_KEYS, "sh", guest, snapshot.hostKeyTypes())
                .orThrow()
                .stdout();
        String machineId = UUID.randomUUID().toString().replace("-", "");
        // As late as possible.
        Instant now = Instant.now();
        String seconds = "%d.%09d".formatted(now.getEpochSecond(), now.getNano());
        return agent.tryRun(keys, TAKEN, "/bin/sh", "-c", TAKE, "sh", seconds, machineId)
                .orThrow()
                .stdout()
                .lines()
                .toList();
    }
}
