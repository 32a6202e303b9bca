package io.github.taplab.internal.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is waited for until a guest can be used. */
record GuestBoot(MachineConfig config, Shell launcher) {

    // Far above what an emulated guest needs on an idle machine: others may boot on the same cores.
    private static final Duration SMALL_GUEST = Duration.ofMinutes(3);
    private static final Duration DISTRIBUTION = Duration.ofMinutes(10);
    private static final String RESULT = "/run/cloud-init/result.json";

    void awaitAgent(CompletableFuture<Void> connected) {
        Waiting.forEvent(
                "%s boots and its agent answers".formatted(config.name()) + from(),
                config.boot() instanceof Boot.Kernel ? SMALL_GUEST : DISTRIBUTION,
                connected,
                () -> "console of %s:%n%s".formatted(config.name(), consoleTail()));
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
        String result = shell.tryRun(
                        DISTRIBUTION,
                        "/bin/sh",
                        "-c",
                        "until [ -e %1$s ]; do sleep 0.5; done; cat %1$s".formatted(RESULT))
                .orThrow()
                .stdout();
        List<String> errors = errors(result);
        if (!errors.isEmpty()) {
            throw new IllegalStateException(
                    "cloud-init of %s could not do all that its seed says%s: %s%nconsole of %s:%n%s"
                            .formatted(config.name(), from(), String.join("; ", errors), config.name(), consoleTail()));
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
        return launcher.tryRun("tail", "-n", "30", config.consoleLog()).stdout();
    }
}
