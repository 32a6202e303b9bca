package io.github.taplab.internal.lab;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.console.SerialConsole;
import io.github.taplab.internal.guest.GuestBoot;
import io.github.taplab.internal.guest.GuestCommands;
import io.github.taplab.internal.guest.Residence;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.machine.CommandPort;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.PowerSwitch;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.qemu.QemuMachine;
import io.github.taplab.spec.Attachment;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts machines in one launcher, each with its serial console. */
final class MachineStarter {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final LauncherHandle launcher;
    private final Supplier<LibvirtConnection> libvirt;
    private final Duration bootSilence;
    private final OpenResources resources;
    private final Phases phases;

    /**
     * The machines of one launcher.
     *
     * @param libvirt asked for only by an attachment that needs it
     */
    MachineStarter(
            LauncherHandle launcher,
            Supplier<LibvirtConnection> libvirt,
            Duration bootSilence,
            OpenResources resources,
            Phases phases) {
        this.launcher = launcher;
        this.libvirt = libvirt;
        this.bootSilence = bootSilence;
        this.resources = resources;
        this.phases = phases;
    }

    /** A machine that runs, and its guest, which may still boot. */
    record Started(Residence residence, GuestBoot guest) {

        PowerSwitch machine() {
            return residence.machine();
        }
    }

    /**
     * Asks whether a machine can be started at all.
     *
     * @throws IllegalStateException if who starts it can't be reached, or the launcher does not answer
     */
    void check(Attachment attachment) {
        if (attachment != Attachment.QEMU) {
            LibvirtConnection unused = libvirt.get();
        }
        launcher.tryRun(SOON, "true").orThrow();
    }

    /** Starts one. */
    Started start(MachineConfig config) {
        PowerSwitch machine =
                new PowerSwitch(config, phases.measure(config.name() + " start", () -> machine(config)), this::machine);
        Residence residence = new Residence(launcher, machine);
        SerialConsole console = resources.open(() -> new SerialConsole(
                config.name(),
                residence::container,
                config.consoleLog(),
                () -> residence.machine().console(),
                () -> residence.machine().end()));
        Optional<GuestCommands> commands = config.hasCommandPort()
                ? Optional.of(resources.open(() -> new GuestCommands(
                        config.name(),
                        residence::machine,
                        () -> residence.container().open(CommandPort.process(config)))))
                : Optional.empty();
        return new Started(residence, new GuestBoot(config, console, commands, bootSilence));
    }

    private Machine machine(MachineConfig config) {
        return config.guest().attachment() == Attachment.QEMU
                ? resources.open(() -> QemuMachine.start(launcher.name(), launcher.container(), config))
                : libvirt.get().create(config);
    }
}
