package io.github.taplab.internal.guest;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.machine.PowerSwitch;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The shell of a guest as its tests have it. Where they have switched the guest off, or have it stand still, that is
 * said at once, and nobody waits for an answer.
 */
final class PoweredShell implements RootShell {

    private final PowerSwitch power;
    private final RootShell shell;

    PoweredShell(PowerSwitch power, RootShell shell) {
        this.power = power;
        this.shell = shell;
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        power.requireOn(String.join(" ", argv));
        return shell.tryRun(deadline, argv);
    }

    @Override
    public void writeFile(String path, byte[] content) {
        power.requireOn("write " + path);
        shell.writeFile(path, content);
    }

    @Override
    public void addAddress(String nic, InterfaceIp address, Optional<InetAddress> router) {
        power.requireOn("add the address " + address);
        shell.addAddress(nic, address, router);
    }
}
