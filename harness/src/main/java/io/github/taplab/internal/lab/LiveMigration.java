package io.github.taplab.internal.lab;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.guest.Mover;
import io.github.taplab.internal.guest.Residence;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.qemu.QemuMachine;
import io.github.taplab.node.Launcher;
import java.util.List;
import java.util.function.Supplier;

/** Live migration between the launchers of one lab, of guests that QEMU runs without libvirt. */
final class LiveMigration implements Mover {

    private final Supplier<List<Launcher>> launchers;
    private final OpenResources resources;

    /**
     * That of one lab.
     *
     * @param launchers those that run
     */
    LiveMigration(Supplier<List<Launcher>> launchers, OpenResources resources) {
        this.launchers = launchers;
        this.resources = resources;
    }

    @Override
    public List<Launcher> launchers() {
        return launchers.get();
    }

    @Override
    public void move(MachineConfig config, Residence guest, LauncherHandle to) {
        LauncherHandle from = guest.launcher();
        if (!(guest.machine().itself("migrateTo " + to.name()) instanceof QemuMachine source)) {
            throw new IllegalStateException(config.name() + " is no machine of a QEMU without libvirt");
        }
        MachineConfig there = config.moved(source.migration().generation());
        MovingMacvtaps macvtaps = new MovingMacvtaps(config, from, to);
        MovingConsole console = new MovingConsole(config, from, to);
        QemuMachine target;
        try {
            macvtaps.prepare();
            console.copy();
            target = resources.open(() -> QemuMachine.await(to.name(), to.container(), there));
        } catch (RuntimeException e) {
            throw failed(config, from, to, macvtaps, e);
        }
        try {
            MigrationWay.send(config.name(), source, from, target, to);
            macvtaps.switchOver();
            console.copyRest();
            target.migration().goOn();
        } catch (RuntimeException e) {
            RuntimeException told = withTheEndOf(target, e);
            target.killAfter(told);
            takeBack(source, told);
            throw failed(config, from, to, macvtaps, told);
        }
        guest.moved(to, target, again -> resources.open(() -> QemuMachine.start(to.name(), to.container(), again)));
        source.kill();
        macvtaps.removeOld();
    }

    // The source only knows that nobody takes what it sends.
    private static RuntimeException withTheEndOf(QemuMachine target, RuntimeException failure) {
        if (failure instanceof InterruptedWaitException) {
            return failure;
        }
        String words = String.valueOf(failure.getMessage());
        return target.end()
                .filter(end -> !words.contains(end))
                .map(end -> (RuntimeException) new IllegalStateException("%s; %s".formatted(words, end), failure))
                .orElse(failure);
    }

    private static void takeBack(QemuMachine source, RuntimeException failure) {
        try {
            source.migration().takeBack();
        } catch (RuntimeException gone) {
            failure.addSuppressed(gone);
        }
    }

    private static RuntimeException failed(
            MachineConfig config,
            LauncherHandle from,
            LauncherHandle to,
            MovingMacvtaps macvtaps,
            RuntimeException failure) {
        try {
            macvtaps.goBack();
        } catch (RuntimeException notGone) {
            failure.addSuppressed(notGone);
        }
        if (failure instanceof InterruptedWaitException) {
            return failure;
        }
        return new IllegalStateException(
                "%s can't migrate from %s to %s, and stays on %s: %s"
                        .formatted(config.name(), from.name(), to.name(), from.name(), failure.getMessage()),
                failure);
    }
}
