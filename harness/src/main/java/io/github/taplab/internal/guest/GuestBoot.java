package io.github.taplab.internal.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.console.ConsoleShell;
import io.github.taplab.internal.console.SerialConsole;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.ShellAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is waited for until a guest can be used. */
public final class GuestBoot {

    // Far above what an emulated guest needs on an idle machine: others may boot on the same cores.
    private static final Duration SMALL_GUEST = Duration.ofMinutes(3);
    private static final Duration DISTRIBUTION = Duration.ofMinutes(10);
    private static final int SHOWN = 30;
    private static final String CLOUD_INIT_HAS_FINISHED = "Cloud-init v\\. .* finished at ";
    private static final String RESULT = "/run/cloud-init/result.json";

    private final MachineConfig config;
    private final SerialConsole console;
    private final Duration silence;

    /**
     * The boot of one guest.
     *
     * @param silence how long the console may say nothing until the guest is given up
     */
    public GuestBoot(MachineConfig config, SerialConsole console, Duration silence) {
        this.config = config;
        this.console = console;
        this.silence = silence;
    }

    public SerialConsole console() {
        return console;
    }

    public MachineConfig config() {
        return config;
    }

    /** The guest's shell; it does not answer yet. */
    RootShell shell(Machine machine) {
        return config.guest().shell() == ShellAccess.AGENT
                ? new GuestAgent(config.name(), machine)
                : console.shell(login(), password());
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

    /** Until the guest takes commands. */
    void awaitShell(Machine machine, RootShell shell) {
        if (shell instanceof ConsoleShell login) {
            awaitLogin(login);
        } else {
            awaitAgent(machine.agentConnected());
        }
    }

    private void awaitLogin(ConsoleShell shell) {
        try {
            if (hasSeed()) {
                // It makes users and their passwords, and the console asks for them before that.
                console.awaitLine(CLOUD_INIT_HAS_FINISHED, deadline());
            }
            shell.logIn(deadline());
        } catch (DeadlineExceededException e) {
            throw new DeadlineExceededException(boots() + e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(boots() + e.getMessage(), e);
        }
    }

    private String boots() {
        return "%s boots and has a shell on its console%s: ".formatted(config.name(), from());
    }

    void awaitAgent(CompletableFuture<Void> connected) {
        Waiting.forEvent(
                "%s boots and its agent answers%s".formatted(config.name(), from()),
                deadline(),
                silence,
                connected,
                this::progress,
                this::consoleTail);
    }

    private long progress() {
        SerialConsole.Progress progress = console.progress();
        progress.panic().ifPresent(why -> {
            throw new IllegalStateException("%s boots and its agent answers%s: its kernel has given up: %s%n%s"
                    .formatted(config.name(), from(), why, consoleTail()));
        });
        return progress.length();
    }

    private Duration deadline() {
        return config.boot() instanceof Boot.Kernel ? SMALL_GUEST : DISTRIBUTION;
    }

    private String from() {
        return config.guest()
                .disk()
                .map(disk -> " (image %s)".formatted(disk.image()))
                .orElse("");
    }

    boolean hasSeed() {
        return config.boot() instanceof Boot.Disk disk && disk.seed().isPresent();
    }

    /** Until cloud-init has done all that the seed says. */
    void awaitCloudInit(RootShell shell) {
        // "cloud-init status --wait" looks for this file too, but is a Python program: seconds of an emulated CPU.
        String result;
        try {
            result = shell.tryRun(
                            DISTRIBUTION,
                            "/bin/sh",
                            "-c",
                            "until [ -e %1$s ]; do sleep 0.5; done; cat %1$s".formatted(RESULT))
                    .orThrow()
                    .stdout();
        } catch (DeadlineExceededException e) {
            throw new DeadlineExceededException(
                    "cloud-init of %s has not done what its seed says%s: %s%n%s"
                            .formatted(config.name(), from(), e.getMessage(), consoleTail()),
                    e);
        }
        List<String> errors = errors(result);
        if (!errors.isEmpty()) {
            throw new IllegalStateException("cloud-init of %s could not do all that its seed says%s: %s%n%s"
                    .formatted(config.name(), from(), String.join("; ", errors), consoleTail()));
        }
    }

    /** Reads cloud-init's result.json. */
    static List<String> errors(String result) {
        try {
            List<String> errors = new ArrayList<>();
            for (JsonNode error :
                    JsonMapper.builder().build().readTree(result).path("v1").path("errors")) {
                errors.add(error.asText());
            }
            return errors;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cloud-init's result is no JSON: " + result, e);
        }
    }

    GuestSystem system(RootShell shell) {
        return config.boot() instanceof Boot.Kernel
                ? SmallGuest.INSTANCE
                : Distribution.of(config.name(), shell, config.nics());
    }

    private String consoleTail() {
        String tail = console.tail(SHOWN);
        return tail.isBlank()
                ? "nothing on the console of " + config.name()
                : "console of %s:%n%s".formatted(config.name(), tail);
    }
}
