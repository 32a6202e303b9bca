package io.github.taplab.internal.guest;

import io.github.taplab.internal.console.SerialConsole;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.ShellAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a guest boots, and who may log in there. */
public final class GuestBoot {

    private final MachineConfig config;
    private final SerialConsole console;
    private final Duration silence;
    private final Optional<GuestCommands> commands;
    private final Optional<GuestSystem> known;

    /**
     * The boot of one guest.
     *
     * @param commands those over a port of their own, if its machine has one
     * @param silence how long the console may say nothing until the guest is given up
     */
    public GuestBoot(MachineConfig config, SerialConsole console, Optional<GuestCommands> commands, Duration silence) {
        this(config, console, commands, silence, Optional.empty());
    }

    private GuestBoot(
            MachineConfig config,
            SerialConsole console,
            Optional<GuestCommands> commands,
            Duration silence,
            Optional<GuestSystem> known) {
        this.config = config;
        this.console = console;
        this.commands = commands;
        this.silence = silence;
        this.known = known;
    }

    /** What a guest without a disk boots from. */
    public static Boot small(Launcher launcher) {
        return SmallGuest.boot(launcher);
    }

    /** How long a guest may take until a snapshot can be made of it. */
    public static Duration longest(GuestSpec guest) {
        return BootWait.longest(guest.disk().isPresent());
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

    /** Whether it goes on from a snapshot, and so has done before what its seed says. */
    boolean goesOn() {
        return config.goesOnFrom().isPresent();
    }

    /** Whether its cloud-init is told something. */
    boolean hasSeed() {
        return config.boot() instanceof Boot.Disk disk && disk.seed().isPresent();
    }

    /** The image in words that go behind a sentence; empty if there is none. */
    String image() {
        return disk().map(disk -> " (image %s)".formatted(disk.image())).orElse("");
    }

    /** Waits until the guest has booted, its agent answers, and it has done what its seed says. */
    public void awaitBooted(Machine machine) {
        BootWait wait = new BootWait(this, machine);
        wait.forAgent(machine.agentConnected());
        if (hasSeed()) {
            wait.forCloudInit(new GuestAgent(name(), machine));
        }
    }

    /** How {@link #prepareSnapshot} does so: a snapshot that was prepared in another way is another one. */
    public static String preparation(GuestSpec guest) {
        return guest.disk().isPresent() ? Identity.PREPARE : BootWait.LINKS_ARE_UP;
    }

    /**
     * Prepares a guest that has booted for a snapshot.
     *
     * @throws IllegalStateException if those that went on from it would not differ
     */
    public void prepareSnapshot(Machine machine, Launcher launcher, SnapshotFiles snapshot) {
        GuestAgent agent = new GuestAgent(name(), machine);
        if (isSmall()) {
            new BootWait(this, machine).forLinks(agent);
        } else {
            Distribution.of(name(), agent, config.nics());
            new Identity(name(), agent, console, launcher, snapshot).prepare();
        }
    }

    /**
     * Waits until the agent of a guest that goes on from a snapshot answers, and makes it a machine of its own. Its
     * clock has stood still since then.
     *
     * @return the same guest, of whose system more is known
     */
    public GuestBoot goOn(Machine machine, Launcher launcher, SnapshotFiles snapshot) {
        new BootWait(this, machine).forSnapshot(machine.agentConnected());
        if (isSmall()) {
            setClock(machine);
            return this;
        }
        List<String> addresses =
                new Identity(name(), new GuestAgent(name(), machine), console, launcher, snapshot).take();
        return new GuestBoot(
                config, console, commands, silence, Optional.of(Distribution.named(config.nics(), addresses)));
    }

    /** Waits until the agent of a guest that has gone back in its machine answers again. */
    void awaitAgent(Machine machine, CompletableFuture<Void> connected) {
        new BootWait(this, machine).forSnapshot(connected);
    }

    /** Sets the clock of its system, which has stood still, to that of this JVM's machine. */
    void setClock(Machine machine) {
        commands.ifPresentOrElse(GuestCommands::setClock, new GuestAgent(name(), machine)::setClock);
    }

    /** Whether commands go to it over a port of their own. */
    boolean hasCommands() {
        return commands.isPresent();
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
        commands.ifPresent(GuestCommands::goesOn);
    }

    /** The guest goes on in another launcher. */
    void moved() {
        console.moved();
        commands.ifPresent(GuestCommands::goesOn);
    }

    /** The guest has restarted and its agent is back. */
    void restarted() {
        commands.ifPresent(GuestCommands::restarted);
    }

    /** What differs from one system to another. */
    GuestSystem system(RootShell shell) {
        return known.orElseGet(() -> isSmall() ? SmallGuest.INSTANCE : Distribution.of(name(), shell, config.nics()));
    }

    /** Who may log in on the console. */
    String login() {
        return ownPassword().isPresent()
                ? "root"
                : disk().map(disk -> disk.seed().login()).orElse("root");
    }

    /** Whether he has a password that somebody knows. */
    boolean hasPassword() {
        return password().isPresent();
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
