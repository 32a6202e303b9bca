package io.github.taplab.internal.guest;

import static io.github.taplab.WrongUse.nothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.machine.PowerSwitch;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.InterfaceIp;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoweredShellTests {

    private static final MachineConfig CONFIG = new MachineConfig(
            GuestSpec.named("db"),
            List.of(),
            Platform.AMD64,
            false,
            new Boot.Kernel("/kernel", "/initrd", ""),
            "/db.log");

    private static final InterfaceIp IP = InterfaceIp.of("198.18.0.5/24");

    private final List<String> asked = new ArrayList<>();
    private final PowerSwitch power = new PowerSwitch(
            CONFIG,
            (Machine) Proxy.newProxyInstance(
                    Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> null),
            again -> nothing());

    private final PoweredShell shell = new PoweredShell(power, new RootShell() {

        @Override
        public CommandResult tryRun(Duration deadline, String... argv) {
            asked.add(String.join(" ", argv));
            return new CommandResult("db", List.of(argv), 0, "", "", Duration.ZERO);
        }

        @Override
        public void writeFile(String path, byte[] content) {
            asked.add("write " + path);
        }

        @Override
        public void addAddress(String nic, InterfaceIp address, Optional<InetAddress> router) {
            asked.add("add %s to %s".formatted(address, nic));
        }
    });

    @Test
    void aGuestThatStandsStillIsNotAskedUntilItGoesOn() {
        power.suspend();
        assertThatIllegalStateException()
                .isThrownBy(() -> shell.run("ip", "link"))
                .withMessageEndingWith("asked for: ip link");
        assertThatIllegalStateException()
                .isThrownBy(() -> shell.writeFile("/note", new byte[0]))
                .withMessageEndingWith("asked for: write /note");
        assertThatIllegalStateException()
                .isThrownBy(() -> shell.addAddress("eth0", IP, Optional.empty()))
                .withMessageEndingWith("asked for: add the address 198.18.0.5/24");
        assertThat(asked).isEmpty();

        power.resume();
        shell.run("ip", "link");
        shell.writeFile("/note", new byte[0]);
        shell.addAddress("eth0", IP, Optional.empty());
        assertThat(asked).containsExactly("ip link", "write /note", "add 198.18.0.5/24 to eth0");
    }

    @Test
    void norIsOneThatIsOff() {
        power.powerOff();
        assertThatIllegalStateException()
                .isThrownBy(() -> shell.run("ip", "link"))
                .withMessageStartingWith("db takes no command: its test has powered it off");
        assertThat(asked).isEmpty();
    }
}
