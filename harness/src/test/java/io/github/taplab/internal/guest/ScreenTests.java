package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GuestSpec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreenTests {

    private static final Boot DISK = new Boot.Disk("/d/overlay.qcow2", Optional.empty(), Firmware.BIOS);
    private static final Boot KERNEL = new Boot.Kernel("/guest/kernel", "/guest/initrd", "quiet");

    private final List<String> asked = new ArrayList<>();
    private final Machine machine = (Machine) Proxy.newProxyInstance(
            Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> {
                asked.add(method.getName() + Arrays.toString(arguments));
                return null;
            });

    private Screen screen(Boot boot) {
        return new Screen(
                new MachineConfig(GuestSpec.named("db"), List.of(), Platform.AMD64, false, boot, "/var/log/db.log"),
                machine,
                (deadline, argv) -> launcher(argv));
    }

    // base64 wraps its lines.
    private CommandResult launcher(String... argv) {
        asked.add(String.join(" ", argv));
        return new CommandResult("launcher", List.of(argv), 0, "AQ\nID\n", "", Duration.ZERO);
    }

    @Test
    void aPictureIsAFileThatQemuMakes() {
        assertThat(screen(DISK).shot().png()).containsExactly(1, 2, 3);
        assertThat(asked)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("monitorCommand[screendump, ")
                                .contains("filename=/run/db-screen.png", "format=png"),
                        second -> assertThat(second).isEqualTo("base64 /run/db-screen.png"));
    }

    @Test
    void theSmallGuestHasNone() {
        Screen screen = screen(KERNEL);

        assertThat(screen.isThere()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(screen::shot)
                .withMessage("db has no screen: only a guest with an image has one");
        assertThat(asked).isEmpty();
    }

    @Test
    void keysArePressedAtTheSameTime() {
        screen(DISK).press("ctrl", "a");

        assertThat(asked)
                .containsExactly("monitorCommand"
                        + List.of("send-key", Map.of("keys", List.of(key("ctrl"), key("a")))));
    }

    private static Map<String, String> key(String name) {
        return Map.of("type", "qcode", "data", name);
    }
}
