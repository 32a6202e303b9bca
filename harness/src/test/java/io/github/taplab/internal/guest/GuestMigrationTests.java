package io.github.taplab.internal.guest;

import static io.github.taplab.WrongUse.nothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.internal.console.SerialConsole;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Memory;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.machine.PowerSwitch;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.node.SwitchPort;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.NicSpec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can't migrate is refused before anything starts. */
class GuestMigrationTests {

    private static final Boot SMALL = new Boot.Kernel("/guest/kernel", "/guest/initrd", "quiet");
    private static final NicConfig NIC =
            new NicConfig(NicSpec.DEFAULT, 0, MacAddress.of("02:9e:00:00:00:05"), "eth0", "mvtap5", false);

    private static final SwitchPort NO_PORT = (SwitchPort) Proxy.newProxyInstance(
            SwitchPort.class.getClassLoader(), new Class<?>[] {SwitchPort.class}, (proxy, method, arguments) -> {
                throw new AssertionError("nobody plugs anything");
            });

    private final LauncherHandle a = launcher("a");
    private final LauncherHandle b = launcher("b");
    private final List<String> moved = new ArrayList<>();
    private final Residence residence = new Residence(a, power(machine(true)));

    private static LauncherHandle launcher(String name) {
        return new LauncherHandle(name, "eth0", "eth0", nothing(), NO_PORT, nothing());
    }

    private static Machine machine(boolean pluggedIn) {
        return (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> {
                    if (!pluggedIn) {
                        throw NIC.takenOut("db");
                    }
                    return "mvtap5";
                });
    }

    private static PowerSwitch power(Machine running) {
        return new PowerSwitch(config(Attachment.QEMU, SMALL), running, GuestMigrationTests::noOther);
    }

    private static Machine noOther(MachineConfig config) {
        throw new AssertionError("nobody starts %s once more".formatted(config.name()));
    }

    private static MachineConfig config(Attachment attachment, Boot boot) {
        GuestSpec guest = GuestSpec.named("db").withAttachment(attachment);
        return new MachineConfig(guest, List.of(NIC), Platform.AMD64, false, boot, "/db.log");
    }

    private GuestMigration of(Attachment attachment, Boot boot, Residence where) {
        return of(config(attachment, boot), where);
    }

    private GuestMigration of(MachineConfig config, Residence where) {
        SerialConsole console = new SerialConsole("db", nothing(), "/db.log", () -> "", Optional::empty);
        return new GuestMigration(
                new GuestBoot(config, console, Optional.empty(), Duration.ofSeconds(1)), where, new Mover() {

                    @Override
                    public List<Launcher> launchers() {
                        return List.of(a, b);
                    }

                    @Override
                    public void move(MachineConfig machine, Residence from, LauncherHandle to) {
                        moved.add("%s from %s to %s"
                                .formatted(machine.name(), from.launcher().name(), to.name()));
                    }
                });
    }

    private GuestMigration bare() {
        return of(Attachment.QEMU, SMALL, residence);
    }

    @Test
    void aSmallGuestOfBareQemuMigrates() {
        bare().to(b);

        assertThat(moved).containsExactly("db from a to b");
    }

    @Test
    void whereItRunsAlready() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bare().to(a))
                .withMessage("db.migrateTo: it runs on a already, name another launcher of its lab");
        residence.moved(b, machine(true), GuestMigrationTests::noOther);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bare().to(b))
                .withMessage("db.migrateTo: it runs on b already, name another launcher of its lab");
    }

    @Test
    void anotherLabsLauncher() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bare().to(launcher("b")))
                .withMessage("db.migrateTo: b is no launcher of this lab, which has [a, b]");
        refusedAll();
    }

    @Test
    void oneWithADisk() {
        Boot disk = new Boot.Disk("/d/disk.qcow2", Optional.empty(), Firmware.BIOS);

        refused(
                of(Attachment.QEMU, disk, residence),
                "db can't migrate: it has a disk, and no storage is shared by two launchers: only the small guest"
                        + " migrates");
    }

    @Test
    void oneThatLibvirtRunsOnAMacvtap() {
        of(Attachment.DIRECT, SMALL, residence).to(b);
        of(Attachment.PRE_CREATED, SMALL, residence).to(b);

        assertThat(moved).containsExactly("db from a to b", "db from a to b");
    }

    @Test
    void oneThatLibvirtRunsFromASnapshot() {
        MachineConfig restored = config(Attachment.DIRECT, SMALL).with(new Memory.Shared(new SnapshotFiles("/s")));

        refused(
                of(restored, residence),
                "db can't migrate: libvirt runs it, and its memory is a file because of a snapshot, of which not all"
                        + " arrives: take boot = BootMode.COLD");
    }

    @Test
    void oneOnABridge() {
        refused(
                of(Attachment.BRIDGE, SMALL, residence),
                "db can't migrate: its tap is on a bridge (attachment = BRIDGE), where libvirt has the new one up before"
                        + " the guest runs on it, which would get broadcasts twice: only a guest on a macvtap migrates");
    }

    @Test
    void oneOfALabThatGoesBack() {
        residence.keep();

        refused(
                bare(),
                "db can't migrate: its lab goes back before each test (scope = REWIND), and a guest goes back in the QEMU"
                        + " that it was kept in: take scope = METHOD or CLASS");
    }

    @Test
    void oneThatIsOff() {
        residence.machine().powerOff();

        refused(
                bare(),
                "db takes no command: its test has powered it off, powerOn() has it boot again; asked for: migrateTo b");
    }

    @Test
    void oneWithoutItsNic() {
        refused(
                of(Attachment.QEMU, SMALL, new Residence(a, power(machine(false)))),
                "db can't migrate: db has no NIC with the MAC address 02:9e:00:00:00:05 at present, put it back first");
    }

    private void refused(GuestMigration migration, String message) {
        assertThatIllegalStateException().isThrownBy(() -> migration.to(b)).withMessage(message);
        refusedAll();
    }

    private void refusedAll() {
        assertThat(moved).isEmpty();
        assertThat(residence.launcher()).isEqualTo(a);
    }
}
