package io.github.taplab.internal.qemu;

import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.CommandPort;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Memory;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.NicModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command that runs a machine: a pure function from values to arguments. */
final class QemuCommand {

    /** The agent's port, in QEMU's events. */
    static final String AGENT = "agent";

    // 0 to 2 are the standard streams.
    private static final int FIRST_DESCRIPTOR = 3;

    private final MachineConfig machine;
    private final Platform platform;
    private final List<String> descriptors = new ArrayList<>();
    private final List<String> nics = new ArrayList<>();

    private QemuCommand(MachineConfig machine) {
        this.machine = machine;
        platform = machine.platform();
        machine.nics().forEach(this::addNic);
    }

    /** Opens the taps and runs QEMU; its monitor protocol is on the standard streams. */
    static List<String> of(MachineConfig machine) {
        return new QemuCommand(machine).argv();
    }

    private List<String> argv() {
        List<String> argv = new ArrayList<>(List.of("/usr/lib/taplab/qemu-with-taps"));
        argv.addAll(descriptors);
        argv.add("--");
        argv.addAll(List.of(platform.emulator(), "-name", machine.name(), "-nodefaults", "-no-user-config"));
        // It starts paused: what can't be said on the command line is said before the guest looks.
        argv.addAll(List.of("-S", "-display", "none", "-qmp", "stdio"));
        argv.addAll(List.of("-monitor", "unix:%s,server=on,wait=off".formatted(monitor(machine))));
        argv.addAll(List.of("-pidfile", pidFile(machine)));
        argv.addAll(List.of("-machine", platform.board(machine.boot()) + ",accel=" + (machine.kvm() ? "kvm" : "tcg")));
        argv.addAll(machine.memory().qemuArguments(machine.guest().memoryMib()));
        if (machine.memory() instanceof Memory.Moved) {
            argv.addAll(List.of("-incoming", "defer"));
        }
        argv.addAll(List.of("-cpu", machine.kvm() ? "host" : emulatedCpu()));
        argv.addAll(List.of("-m", machine.guest().memoryMib() + "M"));
        argv.addAll(List.of("-smp", Integer.toString(machine.guest().cpus())));
        argv.addAll(boot(machine.boot()));
        argv.addAll(List.of("-chardev", serial(machine), "-serial", "chardev:console"));
        argv.addAll(List.of("-object", "rng-random,id=random,filename=/dev/urandom"));
        argv.addAll(List.of("-device", "virtio-rng-pci,rng=random"));
        if (platform.tellsGenerations()) {
            // Whoever goes on from a snapshot finds another number here, and so draws other random numbers than the
            // next.
            argv.addAll(List.of("-device", "vmgenid,guid=" + machine.memory().generation()));
        }
        argv.addAll(nics);
        argv.addAll(List.of("-chardev", "socket,id=agent,path=%s,server=on,wait=off".formatted(agent(machine))));
        argv.addAll(List.of("-device", "virtio-serial-pci"));
        argv.addAll(
                List.of("-device", "virtserialport,id=%s,chardev=agent,name=org.qemu.guest_agent.0".formatted(AGENT)));
        if (machine.hasCommandPort()) {
            String socket = CommandPort.socket(machine);
            argv.addAll(List.of("-chardev", "socket,id=commands,path=%s,server=on,wait=off".formatted(socket)));
            argv.addAll(List.of("-device", "virtserialport,id=commands,chardev=commands,name=" + CommandPort.NAME));
        }
        return argv;
    }

    // A terminal and no socket: on a Unix socket each character that QEMU writes takes the room of a packet, and a
    // reader that is some milliseconds late makes it write and log the next one again. A terminal has room for 4096.
    private static String serial(MachineConfig machine) {
        return "pty,id=console,path=%s,logfile=%s,logappend=%s"
                .formatted(console(machine), machine.consoleLog(), machine.goesOn() ? "on" : "off");
    }

    private List<String> boot(Boot boot) {
        if (boot instanceof Boot.Kernel kernel) {
            return List.of("-kernel", kernel.kernel(), "-initrd", kernel.initrd(), "-append", kernel.cmdline());
        }
        Boot.Disk disk = (Boot.Disk) boot;
        List<String> argv = new ArrayList<>();
        if (disk.firmware() == Firmware.UEFI) {
            argv.addAll(List.of("-drive", "if=pflash,format=raw,readonly=on,file=" + platform.firmwareCode()));
            argv.addAll(List.of("-drive", "if=pflash,format=raw,file=" + disk.variables()));
        }
        // What a guest writes is gone with its lab: no need to wait until it is on the host's disk.
        argv.addAll(List.of("-drive", "if=virtio,format=qcow2,cache=unsafe,file=" + disk.overlay()));
        disk.seed().ifPresent(seed -> argv.addAll(List.of("-drive", "if=virtio,format=raw,readonly=on,file=" + seed)));
        argv.addAll(List.of("-device", platform.screen()));
        return argv;
    }

    private String emulatedCpu() {
        return "max"
                + platform.slowFeatures().stream()
                        .map(feature -> "," + feature + "=off")
                        .collect(Collectors.joining());
    }

    private void addNic(NicConfig nic) {
        List<String> taps = new ArrayList<>();
        List<String> vhosts = new ArrayList<>();
        for (int queue = 0; queue < nic.spec().queues(); queue++) {
            taps.add(descriptor(nic.macvtap()));
            if (nic.vhost()) {
                vhosts.add(descriptor("vhost"));
            }
        }
        boolean several = taps.size() > 1;
        String netdev = "tap,id=%s,%s=%s".formatted(netdev(nic), several ? "fds" : "fd", String.join(":", taps));
        if (nic.vhost()) {
            netdev += ",vhost=on,%s=%s".formatted(several ? "vhostfds" : "vhostfd", String.join(":", vhosts));
        }
        if (platform.plugsBehindPorts()) {
            // A chassis is what tells ports apart to whoever plugs something in.
            nics.addAll(List.of(
                    "-device", "pcie-root-port,id=%s,chassis=%d".formatted(port(nic.index()), nic.index() + 1)));
        }
        String device = device(platform, nic).entrySet().stream()
                .map(property ->
                        property.getKey() + "=" + (property.getValue().equals(true) ? "on" : property.getValue()))
                .collect(Collectors.joining(","));
        nics.addAll(List.of("-netdev", netdev, "-device", device));
    }

    private String descriptor(String of) {
        int number = FIRST_DESCRIPTOR + descriptors.size();
        descriptors.add(number + "=" + of);
        return Integer.toString(number);
    }

    /** The NIC as QEMU's device: the same on the command line and when it is plugged in later. */
    static Map<String, Object> device(Platform platform, NicConfig nic) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("driver", nic.spec().model().qemuName());
        properties.put("id", device(nic.index()));
        if (platform.plugsBehindPorts()) {
            properties.put("bus", port(nic.index()));
        }
        properties.put("netdev", netdev(nic));
        properties.put("mac", nic.mac().toString());
        // The boot ROM would spend seconds on network boot before the kernel starts.
        properties.put("romfile", "");
        if (nic.spec().model() == NicModel.VIRTIO && nic.spec().queues() > 1) {
            properties.put("mq", true);
            // One a queue and direction, one for changes of the configuration, one for the control queue.
            properties.put("vectors", 2 * nic.spec().queues() + 2);
        }
        return properties;
    }

    static String device(int index) {
        return "nic" + index;
    }

    private static String port(int index) {
        return "port" + index;
    }

    private static String netdev(NicConfig nic) {
        return "tap" + nic.index();
    }

    /** The terminal at the other end of the serial line. */
    static String console(MachineConfig machine) {
        return "/run/" + machine.name() + ".console";
    }

    static String pidFile(MachineConfig machine) {
        return "/run/" + machine.name() + ".pid";
    }

    /** Where QEMU's human monitor listens. */
    private static String monitor(MachineConfig machine) {
        return "/run/" + machine.name() + ".monitor";
    }

    /** Where the agent's side of its port listens. */
    static String agent(MachineConfig machine) {
        return "/run/" + machine.name() + ".agent";
    }
}
