package io.github.taplab.internal.trouble;

import io.github.taplab.command.CommandResult;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What tools say when a machine or a container lacks something, what it means, and what to do. */
public enum Trouble {
    /** QEMU asks the descriptor, with either call, and the regular file that it is knows neither. */
    TAP_IS_NO_DEVICE(
            "TUNGETIFF|TUNSETOFFLOAD",
            "the descriptor given with fd= is open, but it is no tap",
            "whether /dev/tapN is a character device with the numbers of /sys/class/net/<macvtap>/tapN/dev:"
                    + " a shell's <> makes a regular file where there is no node"),
    TAP_IS_FORBIDDEN(
            "/dev/tap\\d+: Operation not permitted",
            "the container may not open macvtap devices",
            "its device rule, which needs macvtap's major number in /proc/devices"),
    TUN_IS_FORBIDDEN(
            "create /dev/net/tun: Operation not permitted",
            "the container may not open /dev/net/tun, of which a tap on a bridge is made",
            "its device rule, which needs \"c 10:200 rw\""),
    TUN_IS_ABSENT(
            "create /dev/net/tun: No such device",
            "the kernel has no taps, which a guest with attachment = BRIDGE needs",
            "whether the Docker host's kernel has the module tun; the attachments with a macvtap work without"),
    /** The kernel's words, of the module kvm itself or, since 5.6, of kvm_intel and kvm_amd. */
    KVM_IS_OFF_IN_THE_FIRMWARE(
            "(?i)kvm: disabled by bios|(VMX not enabled|SVM disabled) \\(by BIOS\\)",
            "the processor can virtualize, and the firmware has switched that off",
            "the firmware's settings: switch VT-x or SVM on and power the machine off once;"
                    + " taplab.acceleration=tcg works without"),
    KVM_IS_DENIED(
            "Could not access KVM kernel module: Permission denied",
            "the user of QEMU may not open /dev/kvm",
            "its owner and mode: chmod 0660 and the group kvm, of which that user has to be;"
                    + " taplab.acceleration=tcg works without"),
    KVM_IS_FORBIDDEN(
            "Could not access KVM kernel module: Operation not permitted",
            "the container may not open /dev/kvm",
            "its device rule, which needs \"c 10:232 rw\"; taplab.acceleration=tcg works without"),
    KVM_IS_ABSENT(
            "Could not access KVM kernel module: No such file or directory" + "|does not support virt type 'kvm'",
            "there is no /dev/kvm",
            "whether the Docker host's kernel has kvm_intel or kvm_amd loaded, what it said then"
                    + " (\"kvm: disabled by bios\"?), and in a virtual machine whether that may nest others;"
                    + " taplab.acceleration=tcg works without"),
    LIBGUESTFS_ASKS_LIBVIRT(
            "could not (create appliance through|connect to) libvirt",
            "libguestfs has no libvirt to start its appliance with",
            "its environment: LIBGUESTFS_BACKEND=direct has it start QEMU itself"),
    LIBGUESTFS_HAS_NO_NETWORK(
            "passt exited with status|passt: .*(denied|not permitted)",
            "passt, which gives libguestfs' appliance a network, does not run there",
            "its environment and arguments: LIBGUESTFS_BACKEND=direct, and --no-network, since no change needs one"),
    /** An ipvlan, a loopback, or the parent of a passthru macvtap: none of them hands its frames on. */
    PARENT_TAKES_NO_MACVTAP(
            "(?s)type macvtap.*RTNETLINK answers: Invalid argument|creating macvtap interface .*: Invalid argument",
            "the parent interface takes no macvtap: it is an ipvlan, or a macvtap in passthru mode has it for itself",
            "what \"ip -details link show\" says of it; Docker's networks of the driver ipvlan can't be used,"
                    + " those of bridge and macvlan can"),
    PARENT_IS_IN_USE(
            "(?s)type macvtap.*RTNETLINK answers: Device or resource busy"
                    + "|creating macvtap interface .*: Device or resource busy",
            "something else gets all frames of the parent interface",
            "what \"ip -details link show\" says of it: a port of a bridge or a bond, or an interface that has ipvlans,"
                    + " can't have macvtaps too"),
    NO_NET_ADMIN(
            "RTNETLINK answers: Operation not permitted|creating macvtap interface .*: Operation not permitted",
            "the container may not change its network",
            "its capabilities, which need NET_ADMIN: an engine that is rootless, or drops it, can't run a lab"),
    LIMITS_ARE_LOWER(
            "setrlimit `?RLIMIT_\\w+`?: Operation not permitted",
            "the engine wants to give containers higher limits than it has itself",
            "default_ulimits in containers.conf: nofile and nproc as ulimit -Hn and ulimit -Hu show them for the engine"),
    /** QEMU does not say why it can't write its file; the kernel's words, where a tool passes them on, do. */
    DISK_IS_FULL(
            "cannot create PID file: Failed to write pid file|No space left on device",
            "no space left where the engine keeps its containers' files",
            "df on the Docker host, and what docker system df says of images, containers and volumes"),
    /** libvirt appends what QEMU wrote, if it wrote anything; it is not QEMU's parent and learns of no signal. */
    QEMU_ENDED_WITHOUT_A_WORD(
            "(?m)process exited while connecting to monitor$|unexpectedly closed the monitor( \\(vm='[^']*'\\))?$"
                    + "|[Mm]onitor(: | socket: )Connection reset by peer",
            "QEMU has ended while libvirt started it, and wrote nothing: killed by a signal or crashed",
            "who kills it: the kernel of the Docker host says whether memory ran out");

    private final Pattern words;
    private final String meaning;
    private final String lookAt;

    Trouble(String words, String meaning, String lookAt) {
        this.words = Pattern.compile(words);
        this.meaning = meaning;
        this.lookAt = lookAt;
    }

    /** Which it is; empty if the words are none of the known ones. */
    public static Optional<Trouble> in(String words) {
        return Stream.of(values())
                .filter(known -> known.words.matcher(words).find())
                .findFirst();
    }

    /** Two lines to append to a tool's words: what they mean, and what to look at; empty if that is not known. */
    public static String meaning(String words) {
        return in(words)
                .map(known -> "\n  means:    %s\n  look at:  %s".formatted(known.meaning, known.lookAt))
                .orElse("");
    }

    /**
     * A program's words, and what they mean where that is known.
     *
     * @param stderr what it wrote before it ended
     */
    public static String explain(String stderr) {
        String words = stderr.strip();
        return words.isEmpty() ? "It said nothing" : "It said: %s%s".formatted(words, meaning(words));
    }

    /** The same result; of a command that failed its words end with what they mean. */
    public static CommandResult explain(CommandResult ended) {
        String meaning = ended.succeeded() ? "" : meaning(ended.describe());
        return new CommandResult(
                ended.node(),
                ended.argv(),
                ended.exitCode(),
                ended.stdout(),
                ended.stderr().stripTrailing() + meaning,
                ended.took());
    }
}
