package io.github.taplab.internal.guest;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.console.ConsoleShell;
import io.github.taplab.internal.console.SerialConsole;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.text.Visible;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is waited for until a guest can be used. */
final class BootWait {

    // Far above what an emulated guest needs on an idle machine: others may boot on the same cores.
    private static final Duration SMALL_GUEST = Duration.ofMinutes(3);
    private static final Duration DISTRIBUTION = Duration.ofMinutes(10);
    // 0.1 s on an idle machine.
    private static final Duration SNAPSHOT = Duration.ofSeconds(30);
    private static final Duration LINKS = Duration.ofSeconds(30);
    static final String LINKS_ARE_UP = """
            for link in /sys/class/net/*; do
              read -r carrier <"$link/carrier" && [ "$carrier" = 1 ] || continue
              read -r state <"$link/operstate"
              [ "$state" != down ] || exit 1
            done 2>/dev/null
            """;
    private static final int SHOWN = 30;
    private static final String CLOUD_INIT_HAS_FINISHED = "Cloud-init v\\. .* finished at ";

    private final GuestBoot boot;
    private final Machine machine;
    private final SerialConsole console;

    BootWait(GuestBoot boot, Machine machine) {
        this.boot = boot;
        this.machine = machine;
        console = boot.console();
    }

    /** Until the guest takes commands. */
    void forShell(RootShell shell) {
        if (shell instanceof ConsoleShell login) {
            forLogin(login);
        } else {
            forAgent(machine.agentConnected());
        }
    }

    // Who only waited for the line would wait to the end for a guest that has fallen silent.
    private void forLogin(ConsoleShell shell) {
        String boots = "%s boots and has a shell on its console%s".formatted(boot.name(), boot.image());
        try (Beside<Boolean> login = Beside.begin("taplab-login: " + boot.name(), () -> logIn(shell))) {
            CompletableFuture<Boolean> ended = login.result().handle((done, failure) -> true);
            Waiting.forEvent(
                    boots,
                    deadline().multipliedBy(2),
                    boot.silence(),
                    ended,
                    () -> progress(boots),
                    this::consoleTailOrWhyNot);
            try {
                Waiting.joined(boots, Duration.ZERO, login.result());
            } catch (DeadlineExceededException e) {
                throw new DeadlineExceededException("%s: %s".formatted(boots, e.getMessage()), e);
            } catch (IllegalStateException e) {
                throw new IllegalStateException("%s: %s".formatted(boots, e.getMessage()), e);
            }
        }
    }

    private boolean logIn(ConsoleShell shell) {
        if (boot.hasSeed()) {
            // It makes users and their passwords, and the console asks for them before that.
            console.awaitLine(CLOUD_INIT_HAS_FINISHED, deadline());
        }
        shell.logIn(deadline());
        return true;
    }

    /** Until the guest's agent answers, the first time or once more. */
    void forAgent(CompletableFuture<Void> connected) {
        String boots = "%s boots and its agent answers%s".formatted(boot.name(), boot.image());
        Waiting.forEvent(boots, deadline(), boot.silence(), connected, () -> progress(boots), this::seen);
    }

    /** Until the agent of a guest answers that goes on from a snapshot, or has gone back to its checkpoint. */
    void forSnapshot(CompletableFuture<Void> connected) {
        Waiting.forEvent(
                boot.name() + " goes on from where it was kept and its agent answers", SNAPSHOT, connected, this::seen);
    }

    private long progress(String boots) {
        SerialConsole.Progress progress = looked(boots);
        progress.panic().ifPresent(why -> {
            throw new IllegalStateException("%s: its kernel has given up: %s%n%s".formatted(boots, why, consoleTail()));
        });
        return progress.length();
    }

    private SerialConsole.Progress looked(String boots) {
        try {
            return console.progress();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "%s: nobody can see how far it has come: %s".formatted(boots, e.getMessage()), e);
        }
    }

    private Duration deadline() {
        return boot.isSmall() ? SMALL_GUEST : DISTRIBUTION;
    }

    /** The longest until the agent answers and cloud-init is done. */
    static Duration longest(boolean distribution) {
        return distribution ? DISTRIBUTION.multipliedBy(2) : SMALL_GUEST;
    }

    /**
     * Until the kernel says of all links that they are up, which it does up to a second after their carrier is there.
     */
    void forLinks(RootShell shell) {
        boolean unused = Waiting.until(
                boot.name() + " says that the links are up which have a carrier",
                LINKS,
                () -> shell.tryRun("/bin/sh", "-c", LINKS_ARE_UP).succeeded(),
                up -> up);
    }

    /**
     * Until cloud-init has done all that the seed says.
     *
     * @throws IllegalStateException if it could not
     */
    void forCloudInit(RootShell shell) {
        List<String> errors;
        try {
            errors = CloudInit.errors(CloudInit.result(shell, DISTRIBUTION));
        } catch (DeadlineExceededException e) {
            throw new DeadlineExceededException(
                    "cloud-init of %s has not done what its seed says%s: %s%n%s"
                            .formatted(boot.name(), boot.image(), e.getMessage(), consoleTail()),
                    e);
        }
        if (!errors.isEmpty()) {
            throw new IllegalStateException("cloud-init of %s could not do all that its seed says%s: %s%n%s"
                    .formatted(boot.name(), boot.image(), String.join("; ", errors), consoleTail()));
        }
    }

    // Who lost the daemon would else be told of a guest that boots, and of no reason why nobody hears of its agent.
    private String seen() {
        return machine.lostDaemon()
                .map(daemon -> "%s%n%s".formatted(daemon, consoleTailOrWhyNot()))
                .orElseGet(this::consoleTailOrWhyNot);
    }

    private String consoleTailOrWhyNot() {
        try {
            return consoleTail();
        } catch (IllegalStateException e) {
            return "the console of %s can't be read: %s".formatted(boot.name(), e.getMessage());
        }
    }

    private String consoleTail() {
        String tail = Visible.lines(console.tail(SHOWN));
        return tail.isBlank()
                ? "nothing on the console of " + boot.name()
                : "console of %s:%n%s".formatted(boot.name(), tail);
    }
}
