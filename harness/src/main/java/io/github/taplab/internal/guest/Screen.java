package io.github.taplab.internal.guest;

import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.node.Screenshot;
import io.github.taplab.node.Shell;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A guest's screen and the keyboard before it: what somebody who sits there sees and types. */
final class Screen {

    private final MachineConfig config;
    private final Machine machine;
    private final Shell launcher;

    Screen(MachineConfig config, Machine machine, Shell launcher) {
        this.config = config;
        this.machine = machine;
        this.launcher = launcher;
    }

    /** Whether there is one: the small guest has only its serial line. */
    boolean isThere() {
        return config.boot() instanceof Boot.Disk;
    }

    Screenshot shot() {
        if (!isThere()) {
            throw new IllegalStateException(config.name() + " has no screen: only a guest with an image has one");
        }
        String file = "/run/%s-screen.png".formatted(config.name());
        machine.monitorCommand("screendump", Map.of("filename", file, "format", "png"));
        return new Screenshot(
                Base64.getMimeDecoder().decode(launcher.run("base64", file).stdout()));
    }

    /** Presses keys at the same time. */
    void press(String... keys) {
        List<Map<String, String>> pressed =
                Stream.of(keys).map(key -> Map.of("type", "qcode", "data", key)).toList();
        machine.monitorCommand("send-key", Map.of("keys", pressed));
    }
}
