package io.github.taplab.internal.lab;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.guest.GuestBoot;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.lab.MachineStarter.Started;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.BootSource;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Memory;
import io.github.taplab.internal.machine.Migration;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.snapshot.Making;
import io.github.taplab.internal.snapshot.SnapshotShare;
import io.github.taplab.internal.wait.Suppressed;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.GuestSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Starts the machine of one guest: it boots, or goes on from a snapshot. A snapshot that is of no use is no test's
 * fault: then the guest boots.
 */
final class WarmStart {

    // Of what the guest has used, on a disk that others use too.
    private static final Duration COPY = Duration.ofMinutes(2);
    private static final String NOTE_SIZES = "cd \"$1\" && stat -c '%n %s' * >\"$2\" && cat \"$2\"";
    // A disk that is cut off is no error to QEMU: what is missing there, it takes from the image.
    private static final String CHECK_SIZES = """
            set -eu
            cd "$1"
            while read -r file size; do
              [ "$(stat -c %s "$file")" = "$size" ] || { echo "$1/$file is not as long as it was" >&2; exit 1; }
            done <"$2"
            """;

    private final GuestSpec guest;
    private final List<NicConfig> nics;
    private final HostFacts host;
    private final BootSource source;
    private final LauncherHandle launcher;
    private final MachineStarter starter;
    private final Phases phases;
    private final MemoryFile memoryFile;

    /** The machine of a guest; it does not run yet. */
    WarmStart(
            GuestSpec guest,
            List<NicConfig> nics,
            HostFacts host,
            BootSource source,
            LauncherHandle launcher,
            MachineStarter starter,
            Phases phases) {
        this.guest = guest;
        this.nics = nics;
        this.host = host;
        this.source = source;
        this.launcher = launcher;
        this.starter = starter;
        this.phases = phases;
        memoryFile = new MemoryFile(guest, launcher, COPY);
    }

    /** Starts it. */
    Started start(Optional<SnapshotShare> snapshot) {
        return snapshot.map(this::startWith).orElseGet(this::booting);
    }

    private Started startWith(SnapshotShare snapshot) {
        if (snapshot.makes()) {
            Optional<IllegalStateException> roomless = memoryFile.reserve();
            if (roomless.isPresent()) {
                snapshot.failed(roomless.get());
                return booting();
            }
            long begun = System.nanoTime();
            Started booted = started(source.fresh(), new Memory.Copied(memoryFile.path()));
            if (!save(booted, begun, snapshot) || guest.boot() != BootMode.WARM) {
                return booted;
            }
            booted.machine().kill();
        } else if (!snapshot.awaitWhole(GuestBoot.longest(guest))) {
            return booting();
        }
        try {
            return restored(snapshot.files());
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            return startedInstead(snapshot, e);
        }
    }

    // Where a machine does not even start without the snapshot, that was not the reason. A boot in a launcher that does
    // not answer would only take as long once more.
    private Started startedInstead(SnapshotShare snapshot, RuntimeException why) {
        try {
            starter.check(guest.attachment());
            Started instead = booting();
            snapshot.failed(why);
            return instead;
        } catch (RuntimeException e) {
            Suppressed.add(e, why);
            throw e;
        }
    }

    private Started booting() {
        return started(source.fresh(), new Memory.Own());
    }

    private Started started(Boot boot, Memory memory) {
        return starter.start(
                new MachineConfig(guest, nics, host.platform(), host.kvm(), boot, consoleLog()).with(memory));
    }

    private Started restored(SnapshotFiles files) {
        CommandResult whole = launcher.tryRun("/bin/sh", "-c", CHECK_SIZES, "sh", files.folder(), files.sizes());
        if (!whole.succeeded()) {
            throw new IllegalStateException(whole.stderr().strip());
        }
        // What the guest had said until then is the beginning of what it says.
        launcher.run("cp", files.console(), consoleLog());
        Started restored = started(source.after(files), new Memory.Shared(files));
        try {
            return phases.measure(
                    guest.name() + " goes on",
                    () -> new Started(
                            restored.residence(), restored.guest().goOn(restored.machine(), launcher, files)));
        } catch (RuntimeException e) {
            restored.machine().killAfter(e);
            throw e;
        }
    }

    /**
     * Makes a snapshot of a guest as soon as it has booted; whether there is one.
     *
     * @param begun when its machine was started, as the JVM counts nanoseconds
     */
    private boolean save(Started booted, long begun, SnapshotShare snapshot) {
        phases.time(guest.name() + " boot", () -> booted.guest().awaitBooted(booted.machine()));
        try {
            long bytes = phases.measure(guest.name() + " snapshot", () -> write(booted, snapshot.files()));
            snapshot.made(new Making(Duration.ofNanos(System.nanoTime() - begun), bytes));
            return true;
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            snapshot.failed(e);
            return false;
        }
    }

    /** How many bytes it has, with all holes. */
    private long write(Started booted, SnapshotFiles files) {
        booted.guest().prepareSnapshot(booted.machine(), launcher, files);
        new Migration(guest.name(), booted.machine()::monitorCommand).save(files, () -> {
            launcher.tryRun(COPY, "cp", "--sparse=always", memoryFile.path(), files.memory())
                    .orThrow();
            source.copyTo(files);
            launcher.run("cp", consoleLog(), files.console());
        });
        return launcher.run("/bin/sh", "-c", NOTE_SIZES, "sh", files.folder(), files.sizes())
                .stdout()
                .lines()
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String consoleLog() {
        return GuestHandle.consoleLog(guest.name());
    }
}
