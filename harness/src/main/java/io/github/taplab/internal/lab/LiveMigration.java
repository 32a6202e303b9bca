package io.github.taplab.internal.lab;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.guest.Mover;
import io.github.taplab.internal.guest.Residence;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Migration;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.qemu.QemuMachine;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.LateInterrupt;
import io.github.taplab.internal.wait.Suppressed;
import io.github.taplab.node.Launcher;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Live migration between the launchers of one lab. */
final class LiveMigration implements Mover {

    // Some commands, the rest of a console log and an answer of libvirt or QEMU, each with a deadline of its own.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Supplier<List<Launcher>> launchers;
    private final Function<LauncherHandle, LibvirtConnection> libvirts;
    private final OpenResources resources;

    /**
     * That of one lab.
     *
     * @param launchers those that run
     * @param libvirts of a launcher, asked for only by a guest that libvirt runs
     */
    LiveMigration(
            Supplier<List<Launcher>> launchers,
            Function<LauncherHandle, LibvirtConnection> libvirts,
            OpenResources resources) {
        this.launchers = launchers;
        this.libvirts = libvirts;
        this.resources = resources;
    }

    @Override
    public List<Launcher> launchers() {
        return launchers.get();
    }

    @Override
    public void move(MachineConfig config, Residence guest, LauncherHandle to) {
        Machine source = guest.machine().itself("migrateTo " + to.name());
        Move move = new Move(config, guest, to);
        if (source instanceof QemuMachine qemu) {
            move.bare(qemu);
        } else {
            move.domain(source);
        }
    }

    /** One guest on its way. */
    private final class Move {

        private final MachineConfig config;
        private final Residence guest;
        private final LauncherHandle from;
        private final LauncherHandle to;
        private final MigrationWay way;
        private final MovingMacvtaps macvtaps;
        private final MovingConsole console;

        Move(MachineConfig config, Residence guest, LauncherHandle to) {
            this.config = config;
            this.guest = guest;
            this.from = guest.launcher();
            this.to = to;
            way = new MigrationWay(config.name(), from, to);
            macvtaps = new MovingMacvtaps(config, from, to);
            console = new MovingConsole(config, from, to);
        }

        void bare(QemuMachine source) {
            MachineConfig there = config.moved(source.migration().generation());
            QemuMachine target;
            try {
                macvtaps.prepare();
                console.copy();
                target = resources.open(() -> QemuMachine.await(to.name(), to.container(), there));
            } catch (RuntimeException e) {
                throw LateInterrupt.after(() -> failed(source, e));
            }
            try {
                way.send(source, target);
                macvtaps.arrived(target);
                macvtaps.switchOver();
                console.copyRest();
                target.migration().goOn();
            } catch (RuntimeException e) {
                throw LateInterrupt.after(() -> {
                    RuntimeException told = withTheEndOf(target, e);
                    target.killAfter(told);
                    takeBack(source, told);
                    return failed(source, told);
                });
            }
            guest.moved(to, target, again -> resources.open(() -> QemuMachine.start(to.name(), to.container(), again)));
            finish(() -> {
                source.kill();
                macvtaps.removeOld();
            });
        }

        // libvirt itself takes back what fails until the machine is there whole. Where it was it is gone then.
        void domain(Machine source) {
            LibvirtConnection libvirt;
            Machine target;
            try {
                libvirt = libvirts.apply(to);
                macvtaps.prepare();
                console.copy();
                target = way.send(source, libvirt, config);
            } catch (RuntimeException e) {
                throw LateInterrupt.after(() -> failed(source, e));
            }
            guest.moved(to, target, libvirt::create);
            try {
                finish(() -> {
                    macvtaps.arrived(target);
                    macvtaps.switchOver();
                    console.copyRest();
                    target.resume();
                    Migration.announce(target::monitorCommand);
                    macvtaps.removeOld();
                });
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "%s has gone from %s to %s, and does not go on there: %s"
                                .formatted(config.name(), from.name(), to.name(), e.getMessage()),
                        e);
            }
        }

        // There is no way back: an interrupt in the midst of it would leave a guest that stands still, or two of one.
        private void finish(Runnable steps) {
            Beside<Boolean> rest = Beside.begin("taplab-migration: " + config.name(), () -> {
                steps.run();
                return true;
            });
            boolean unused = LateInterrupt.joined(
                    "%s has all of it on %s".formatted(config.name(), to.name()), LONGEST, rest.result());
        }

        // The source only knows that nobody takes what it sends.
        private RuntimeException withTheEndOf(QemuMachine target, RuntimeException failure) {
            if (failure instanceof InterruptedWaitException) {
                return failure;
            }
            String words = String.valueOf(failure.getMessage());
            return target.end()
                    .filter(end -> !words.contains(end))
                    .map(end -> (RuntimeException) new IllegalStateException("%s; %s".formatted(words, end), failure))
                    .orElse(failure);
        }

        private void takeBack(QemuMachine source, RuntimeException failure) {
            try {
                source.migration().takeBack();
            } catch (RuntimeException gone) {
                Suppressed.add(failure, gone);
            }
        }

        private RuntimeException failed(Machine source, RuntimeException failure) {
            try {
                macvtaps.goBack();
            } catch (RuntimeException notGone) {
                Suppressed.add(failure, notGone);
            }
            if (failure instanceof InterruptedWaitException) {
                return failure;
            }
            String where = source.end().map(end -> "has ended: " + end).orElse("stays on " + from.name());
            return new IllegalStateException(
                    "%s can't migrate from %s to %s, and %s: %s"
                            .formatted(config.name(), from.name(), to.name(), where, failure.getMessage()),
                    failure);
        }
    }
}
