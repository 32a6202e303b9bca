package io.github.taplab.internal.lab;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.console.SerialConsole;
import io.github.taplab.internal.guest.GuestBoot;
import io.github.taplab.internal.guest.GuestCommands;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.machine.CommandPort;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Memory;
import io.github.taplab.internal.machine.Migration;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.qemu.QemuMachine;
import io.github.taplab.internal.snapshot.SnapshotShare;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Starts the machine of one guest: it boots, or goes on from a snapshot. A snapshot that is of no use is no test's
 * fault: then the guest boots.
 */
final class MachineStarter {

    private final MachineConfig config;
    private final LauncherHandle launcher;
    private final Supplier<LibvirtConnection> libvirt;
    private final Duration bootSilence;
    private final OpenResources resources;
    private final Phases phases;

    /**
     * A machine that does not run yet.
     *
     * @param libvirt asked for only by an attachment that needs it
     */
    MachineStarter(
            MachineConfig config,
            LauncherHandle launcher,
            Supplier<LibvirtConnection> libvirt,
            Duration bootSilence,
            OpenResources resources,
            Phases phases) {
        this.config = config;
        this.launcher = launcher;
        this.libvirt = libvirt;
        this.bootSilence = bootSilence;
        this.resources = resources;
        this.phases = phases;
    }

    /** A machine that runs, and its guest, which may still boot. */
    static final class Started {

        private final Machine machine;
        private final GuestBoot guest;

        private Started(Machine machine, GuestBoot guest) {
            this.machine = machine;
            this.guest = guest;
        }

        Machine machine() {
            return machine;
        }

        GuestBoot guest() {
            return guest;
        }
    }

    /** Starts it. */
    Started start(Optional<SnapshotShare> snapshot) {
        return snapshot.map(this::startWith).orElseGet(() -> started(new Memory.Own()));
    }

    private Started startWith(SnapshotShare snapshot) {
        if (snapshot.makes()) {
            if (!reserveRoom(snapshot)) {
                return started(new Memory.Own());
            }
            Started booted = started(new Memory.Copied(memoryFile()));
            if (!save(booted, snapshot) || config.guest().boot() != BootMode.WARM) {
                return booted;
            }
            booted.machine().kill();
        } else if (!snapshot.awaitWhole()) {
            return started(new Memory.Own());
        }
        try {
            return restored(snapshot.files());
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            return startedInstead(snapshot, e);
        }
    }

    // A page of a file that finds no room on a full disk ends QEMU with SIGBUS, in the middle of a boot or later. That
    // was seen again where room was only reserved (fallocate), so it is written.
    private boolean reserveRoom(SnapshotShare snapshot) {
        CommandResult reserved = launcher.tryRun(
                "dd",
                "status=none",
                "if=/dev/zero",
                "of=" + memoryFile(),
                "bs=1M",
                "count=" + config.guest().memoryMib());
        if (!reserved.succeeded()) {
            snapshot.failed(new IllegalStateException("no room for the memory of %s on %s: %s"
                    .formatted(config.name(), launcher.name(), reserved.stderr().strip())));
        }
        return reserved.succeeded();
    }

    // Where a machine does not even start without the snapshot, that was not the reason.
    private Started startedInstead(SnapshotShare snapshot, RuntimeException why) {
        try {
            Started instead = started(new Memory.Own());
            snapshot.failed(why);
            return instead;
        } catch (RuntimeException e) {
            e.addSuppressed(why);
            throw e;
        }
    }

    private Started started(Memory memory) {
        MachineConfig from = config.with(memory);
        Machine machine = phases.measure(
                config.name() + " start",
                () -> config.guest().attachment() == Attachment.QEMU
                        ? resources.open(() -> QemuMachine.start(launcher.name(), launcher.container(), from))
                        : libvirt.get().create(from));
        SerialConsole console = resources.open(() -> new SerialConsole(
                config.name(), launcher.container(), config.consoleLog(), machine::console, machine::end));
        Optional<GuestCommands> commands = from.hasCommandPort()
                ? Optional.of(resources.open(() -> new GuestCommands(
                        from.name(), machine, () -> launcher.container().open(CommandPort.process(from)))))
                : Optional.empty();
        return new Started(machine, new GuestBoot(from, console, commands, bootSilence));
    }

    private Started restored(SnapshotFiles files) {
        // What the guest had said until then is the beginning of what it says.
        launcher.run("cp", files.console(), config.consoleLog());
        Started restored = started(new Memory.Shared(files));
        try {
            phases.time(config.name() + " goes on", () -> restored.guest().goOn(restored.machine()));
            return restored;
        } catch (RuntimeException e) {
            restored.machine().killAfter(e);
            throw e;
        }
    }

    /** Makes a snapshot of a guest as soon as it has booted; whether there is one. */
    private boolean save(Started booted, SnapshotShare snapshot) {
        phases.time(config.name() + " boot", () -> booted.guest().awaitAgent(booted.machine()));
        try {
            phases.time(config.name() + " snapshot", () -> write(booted.machine(), snapshot.files()));
            snapshot.made();
            return true;
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            snapshot.failed(e);
            return false;
        }
    }

    private void write(Machine machine, SnapshotFiles files) {
        new Migration(config.name(), machine::monitorCommand).save(files, () -> {
            launcher.run("cp", "--sparse=always", memoryFile(), files.memory());
            launcher.run("cp", config.consoleLog(), files.console());
        });
    }

    private String memoryFile() {
        return "/var/lib/taplab/%s-memory".formatted(config.name());
    }
}
