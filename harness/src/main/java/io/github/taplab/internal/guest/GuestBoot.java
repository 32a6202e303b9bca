package io.github.taplab.internal.guest;

import io.github.taplab.internal.console.SerialConsole;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.ShellAccess;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a guest boots, and who may log in there. */
public final class GuestBoot {

    private final MachineConfig config;
    private final SerialConsole console;
    private final Duration silence;
    private final Optional<GuestCommands> commands;

    /**
     * The boot of one guest.
     *
     * @param commands those over a port of their own, if its machine has one
     * @param silence how long the console may say nothing until the guest is given up
     */
    public GuestBoot(MachineConfig config, SerialConsole console, Optional<GuestCommands> commands, Duration silence) {
        this.config = config;
        this.console = console;
        this.commands = commands;
        this.silence = silence;
    }

    /** What a guest without a disk boots from. */
    public static Boot small(Launcher launcher) {
        return SmallGuest.boot(launcher);
    }

    String name() {
        return config.name();
    }

    MachineConfig config() {
        return config;
    }

    SerialConsole console() {
        return console;
    }

    Duration silence() {
        return silence;
    }

    /** Whether it is the kernel that Taplab brings, not a distribution's disk. */
    boolean isSmall() {
        return config.boot() instanceof Boot.Kernel;
    }

    /** Whether its cloud-init is told something. */
    boolean hasSeed() {
        return config.boot() instanceof Boot.Disk disk && disk.seed().isPresent();
    }

    /** The image in words that go behind a sentence; empty if there is none. */
    String image() {
        return disk().map(disk -> " (image %s)".formatted(disk.image())).orElse("");
    }

    /** Waits until the guest has booted and its agent answers. */
    public void awaitAgent(Machine machine) {
        new BootWait(this).forAgent(machine.agentConnected());
    }

    /**
     * Waits until the agent of a guest that goes on from a snapshot answers, and sets its clock: it has stood still
     * since then.
     */
    public void goOn(Machine machine) {
        goOn(machine, machine.agentConnected());
    }

    /** The same where it has had an agent before. */
    void goOn(Machine machine, CompletableFuture<Void> agentConnected) {
        new BootWait(this).forSnapshot(agentConnected);
        new GuestAgent(name(), machine).setClock();
    }

    /** Whether commands go to it through its agent. */
    boolean hasAgent() {
        return config.guest().shell() == ShellAccess.AGENT;
    }

    /** The guest's shell; it does not answer yet. */
    RootShell shell(Machine machine) {
        if (commands.isPresent()) {
            return commands.get();
        }
        return hasAgent() ? new GuestAgent(name(), machine) : console.shell(login(), password());
    }

    /** The guest is about to go back to where it was. */
    void goesBack() {
        commands.ifPresent(GuestCommands::goesBack);
    }

    /** The guest has restarted and its agent is back. */
    void restarted() {
        commands.ifPresent(GuestCommands::restarted);
    }

    /** What differs from one system to another. */
    GuestSystem system(RootShell shell) {
        return isSmall() ? SmallGuest.INSTANCE : Distribution.of(name(), shell, config.nics());
    }

    private String login() {
        return ownPassword().isPresent()
                ? "root"
                : disk().map(disk -> disk.seed().login()).orElse("root");
    }

    private Optional<String> password() {
        return ownPassword().or(() -> disk().flatMap(disk -> disk.seed().password()));
    }

    private Optional<String> ownPassword() {
        return disk().flatMap(disk -> disk.customize().rootPassword());
    }

    private Optional<DiskSpec> disk() {
        return config.guest().disk();
    }
}
