package io.github.taplab.internal.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.command.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words are the tools' own, as they were seen. */
class TroubleTests {

    private static final String ADD_MACVTAP =
            "ip link add link eth0 name mvtap5 address 02:9e:12:09:00:05 up type macvtap mode bridge";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qemu-system-x86_64: -netdev tap,id=tap0,fd=3: Unable to query TUNGETIFF on FD 3: Inappropriate ioctl for device | TAP_IS_NO_DEVICE",
                "qemu-system-x86_64: -net tap,fd=3: TUNGETIFF ioctl() failed: Inappropriate ioctl for device | TAP_IS_NO_DEVICE",
                "TUNSETOFFLOAD ioctl() failed: Inappropriate ioctl for device | TAP_IS_NO_DEVICE",
                "qemu-with-taps: line 28: /dev/tap4: Operation not permitted | TAP_IS_FORBIDDEN",
                "sh: 4: cannot create /dev/net/tun: Operation not permitted | TUN_IS_FORBIDDEN",
                "sh: 4: cannot create /dev/net/tun: No such device | TUN_IS_ABSENT",
                "[    2.914] kvm: disabled by bios | KVM_IS_OFF_IN_THE_FIRMWARE",
                "kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL on CPU 0 | KVM_IS_OFF_IN_THE_FIRMWARE",
                "kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 0 | KVM_IS_OFF_IN_THE_FIRMWARE",
                "qemu-system-x86_64: -accel kvm: Could not access KVM kernel module: Permission denied | KVM_IS_DENIED",
                "internal error: process exited while connecting to monitor: Could not access KVM kernel module: Permission denied | KVM_IS_DENIED",
                "qemu-system-x86_64: -accel kvm: Could not access KVM kernel module: Operation not permitted | KVM_IS_FORBIDDEN",
                "qemu-system-x86_64: -accel kvm: Could not access KVM kernel module: No such file or directory | KVM_IS_ABSENT",
                "unsupported configuration: Emulator '/usr/bin/qemu-system-x86_64' does not support virt type 'kvm' | KVM_IS_ABSENT",
                "virt-customize: error: libguestfs error: could not create appliance through libvirt. | LIBGUESTFS_ASKS_LIBVIRT",
                "virt-customize: error: libguestfs error: could not connect to libvirt (URI = qemu:///system): Failed to connect socket | LIBGUESTFS_ASKS_LIBVIRT",
                "virt-customize: error: libguestfs error: passt exited with status 1 | LIBGUESTFS_HAS_NO_NETWORK",
                "error creating macvtap interface macvtap0@eth0 (02:9e:12:09:00:05): Invalid argument | PARENT_TAKES_NO_MACVTAP",
                "error creating macvtap interface macvtap0@eth0 (02:9e:12:09:00:05): Device or resource busy | PARENT_IS_IN_USE",
                "error creating macvtap interface macvtap0@eth0 (02:9e:12:09:00:05): Operation not permitted | NO_NET_ADMIN",
                "RTNETLINK answers: Operation not permitted | NO_NET_ADMIN",
                "internal error: Failed to start QEMU binary /usr/bin/qemu-system-x86_64 for probing: qemu-system-x86_64: cannot create PID file: Failed to write pid file | DISK_IS_FULL",
                "cp: error writing '/full': No space left on device | DISK_IS_FULL",
                "internal error: process exited while connecting to monitor | QEMU_ENDED_WITHOUT_A_WORD",
                "internal error: qemu unexpectedly closed the monitor | QEMU_ENDED_WITHOUT_A_WORD",
                "internal error: QEMU unexpectedly closed the monitor (vm='guest') | QEMU_ENDED_WITHOUT_A_WORD",
                "Unable to read from monitor: Connection reset by peer | QEMU_ENDED_WITHOUT_A_WORD",
            })
    void wordsAreRecognised(String words, Trouble known) {
        assertThat(Trouble.in(words)).contains(known);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RTNETLINK answers: Invalid argument | PARENT_TAKES_NO_MACVTAP",
                "RTNETLINK answers: Device or resource busy | PARENT_IS_IN_USE",
                "RTNETLINK answers: Operation not permitted | NO_NET_ADMIN",
            })
    void ofIpTheCommandTellsWhatItsWordsMean(String words, Trouble known) {
        assertThat(Trouble.in(failed(words, ADD_MACVTAP).describe())).contains(known);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip route add default via 198.18.9.1 | RTNETLINK answers: Invalid argument",
                "ip link set dev eth0 up | RTNETLINK answers: Device or resource busy",
                ADD_MACVTAP + " | RTNETLINK answers: File exists",
                "qemu-system-x86_64 | out of memory",
                "rm /etc | rm: cannot remove '/etc': Operation not permitted",
                "true | Permission denied",
                "true | internal error: process exited while connecting to monitor: qemu-system-x86_64: bad option",
                "true | internal error: QEMU unexpectedly closed the monitor (vm='guest'): qemu-system-x86_64: bad option",
            })
    void otherWordsAreNot(String command, String words) {
        assertThat(Trouble.in(failed(words, command).describe())).isEmpty();
    }

    static Stream<Arguments> meanings() {
        String tcg = "; taplab.acceleration=tcg works without";
        return Stream.of(
                Arguments.of(
                        Trouble.TAP_IS_NO_DEVICE,
                        "-netdev tap,fd=3: TUNGETIFF ioctl() failed: Inappropriate ioctl for device",
                        "the descriptor given with fd= is open, but it is no tap",
                        "whether /dev/tapN is a character device with the numbers of"
                                + " /sys/class/net/<macvtap>/tapN/dev: a shell's <> makes a regular file where there"
                                + " is no node"),
                Arguments.of(
                        Trouble.TAP_IS_FORBIDDEN,
                        "/dev/tap4: Operation not permitted",
                        "the container may not open macvtap devices",
                        "its device rule, which needs macvtap's major number in /proc/devices"),
                Arguments.of(
                        Trouble.TUN_IS_FORBIDDEN,
                        "sh: 4: cannot create /dev/net/tun: Operation not permitted",
                        "the container may not open /dev/net/tun, of which a tap on a bridge is made",
                        "its device rule, which needs \"c 10:200 rw\""),
                Arguments.of(
                        Trouble.TUN_IS_ABSENT,
                        "sh: 4: cannot create /dev/net/tun: No such device",
                        "the kernel has no taps, which a guest with attachment = BRIDGE needs",
                        "whether the Docker host's kernel has the module tun; the attachments with a macvtap work"
                                + " without"),
                Arguments.of(
                        Trouble.KVM_IS_OFF_IN_THE_FIRMWARE,
                        "kvm: disabled by bios",
                        "the processor can virtualize, and the firmware has switched that off",
                        "the firmware's settings: switch VT-x or SVM on and power the machine off once" + tcg),
                Arguments.of(
                        Trouble.KVM_IS_DENIED,
                        "Could not access KVM kernel module: Permission denied",
                        "the user of QEMU may not open /dev/kvm",
                        "its owner and mode: chmod 0660 and the group kvm, of which that user has to be" + tcg),
                Arguments.of(
                        Trouble.KVM_IS_FORBIDDEN,
                        "Could not access KVM kernel module: Operation not permitted",
                        "the container may not open /dev/kvm",
                        "its device rule, which needs \"c 10:232 rw\"" + tcg),
                Arguments.of(
                        Trouble.KVM_IS_ABSENT,
                        "Could not access KVM kernel module: No such file or directory",
                        "there is no /dev/kvm",
                        "whether the Docker host's kernel has kvm_intel or kvm_amd loaded, what it said then"
                                + " (\"kvm: disabled by bios\"?), and in a virtual machine whether that may nest others"
                                + tcg),
                Arguments.of(
                        Trouble.LIBGUESTFS_ASKS_LIBVIRT,
                        "could not create appliance through libvirt",
                        "libguestfs has no libvirt to start its appliance with",
                        "its environment: LIBGUESTFS_BACKEND=direct has it start QEMU itself"),
                Arguments.of(
                        Trouble.LIBGUESTFS_HAS_NO_NETWORK,
                        "passt exited with status 1",
                        "passt, which gives libguestfs' appliance a network, does not run there",
                        "its environment and arguments: LIBGUESTFS_BACKEND=direct, and --no-network,"
                                + " since no change needs one"),
                Arguments.of(
                        Trouble.PARENT_TAKES_NO_MACVTAP,
                        "error creating macvtap interface macvtap0@eth0 (02:9e:12:09:00:05): Invalid argument",
                        "the parent interface takes no macvtap: it is an ipvlan, or a macvtap in passthru mode has it"
                                + " for itself",
                        "what \"ip -details link show\" says of it; Docker's networks of the driver ipvlan can't be"
                                + " used, those of bridge and macvlan can"),
                Arguments.of(
                        Trouble.PARENT_IS_IN_USE,
                        "error creating macvtap interface macvtap0@eth0 (02:9e:12:09:00:05): Device or resource busy",
                        "something else gets all frames of the parent interface",
                        "what \"ip -details link show\" says of it: a port of a bridge or a bond, or an interface that"
                                + " has ipvlans, can't have macvtaps too"),
                Arguments.of(
                        Trouble.NO_NET_ADMIN,
                        "RTNETLINK answers: Operation not permitted",
                        "the container may not change its network",
                        "its capabilities, which need NET_ADMIN: an engine that is rootless, or drops it,"
                                + " can't run a lab"),
                Arguments.of(
                        Trouble.LIMITS_ARE_LOWER,
                        "crun: setrlimit `RLIMIT_NOFILE`: Operation not permitted: OCI permission denied",
                        "the engine wants to give containers higher limits than it has itself",
                        "default_ulimits in containers.conf: nofile and nproc as ulimit -Hn and ulimit -Hu show them"
                                + " for the engine"),
                Arguments.of(
                        Trouble.DISK_IS_FULL,
                        "qemu-system-x86_64: cannot create PID file: Failed to write pid file",
                        "no space left where the engine keeps its containers' files",
                        "df on the Docker host, and what docker system df says of images, containers and volumes"),
                Arguments.of(
                        Trouble.QEMU_ENDED_WITHOUT_A_WORD,
                        "internal error: process exited while connecting to monitor",
                        "QEMU has ended while libvirt started it, and wrote nothing: killed by a signal or crashed",
                        "who kills it: the kernel of the Docker host says whether memory ran out"));
    }

    @ParameterizedTest
    @MethodSource("meanings")
    void eachSaysWhatItMeansAndWhatToLookAt(Trouble known, String words, String means, String lookAt) {
        assertThat(Trouble.in(words)).contains(known);
        assertThat(Trouble.explain(words))
                .isEqualTo("It said: %s\n  means:    %s\n  look at:  %s".formatted(words, means, lookAt));
    }

    @Test
    void everyTroubleIsInTheTable() {
        assertThat(meanings().map(row -> row.get()[0])).containsExactly((Object[]) Trouble.values());
    }

    @Test
    void leavesOtherWordsAsTheyAre() {
        assertThat(Trouble.explain("out of memory\n")).isEqualTo("It said: out of memory");
        assertThat(Trouble.explain("")).isEqualTo("It said nothing");
    }

    @Test
    void aCommandThatFailedSaysWhatItMeans() {
        CommandResult explained = Trouble.explain(failed("RTNETLINK answers: Invalid argument\n", ADD_MACVTAP));

        assertThat(explained.stderr())
                .startsWith("RTNETLINK answers: Invalid argument\n  means:    the parent interface takes no macvtap");
        assertThat(explained.exitCode()).isEqualTo(2);
    }

    @Test
    void aCommandThatSucceededIsLeftAlone() {
        CommandResult done =
                new CommandResult("launcher", List.of("dmesg"), 0, "kvm: disabled by bios", "", Duration.ZERO);

        assertThat(Trouble.explain(done)).isEqualTo(done);
    }

    private static CommandResult failed(String words, String command) {
        return new CommandResult("launcher", List.of(command.split(" ")), 2, "", words, Duration.ZERO);
    }
}
