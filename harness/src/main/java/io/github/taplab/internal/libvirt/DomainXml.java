package io.github.taplab.internal.libvirt;

import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.CommandPort;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.NicModel;
import io.github.taplab.spec.NicSpec;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the libvirt domain of a guest: a pure function from values to XML. */
final class DomainXml {

    private static final Set<String> HOLDS_TEXT = Set.of("memory", "type", "backend", "loader", "nvram");

    private final XMLStreamWriter xml;
    private final Platform platform;
    private final Deque<String> open = new ArrayDeque<>();

    private DomainXml(XMLStreamWriter xml, Platform platform) {
        this.xml = xml;
        this.platform = platform;
    }

    /** The XML of a machine. */
    static String of(MachineConfig machine) {
        return written(machine.platform(), xml -> xml.domain(machine));
    }

    /** The XML of one of its NICs. */
    static String ofNic(MachineConfig machine, NicConfig nic) {
        return written(machine.platform(), xml -> xml.nic(machine.guest().attachment(), nic));
    }

    @FunctionalInterface
    private interface Part {
        void write(DomainXml xml) throws XMLStreamException;
    }

    private static String written(Platform platform, Part part) {
        StringWriter text = new StringWriter();
        try {
            part.write(new DomainXml(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text), platform));
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing XML to memory failed", e);
        }
        return text.toString();
    }

    private void domain(MachineConfig machine) throws XMLStreamException {
        List<String> memory = machine.memory().qemuArguments(machine.guest().memoryMib());
        start("domain", "type", machine.kvm() ? "kvm" : "qemu");
        if (!memory.isEmpty()) {
            xml.writeNamespace("qemu", "http://libvirt.org/schemas/domain/qemu/1.0");
        }
        element("name", machine.name());
        if (platform.tellsGenerations()) {
            // libvirt chooses one.
            empty("genid");
        }
        start("memory", "unit", "MiB");
        xml.writeCharacters(Integer.toString(machine.guest().memoryMib()));
        end();
        element("vcpu", Integer.toString(machine.guest().cpus()));
        start("os");
        start("type", "arch", platform.kernelName(), "machine", platform.machineType());
        xml.writeCharacters("hvm");
        end();
        boot(machine.boot());
        end();
        if (machine.hasAcpi()) {
            start("features");
            empty("acpi");
            end();
        }
        cpu(machine.kvm());
        clock(machine.boot());
        element("on_poweroff", "destroy");
        element("on_reboot", "restart");
        element("on_crash", "destroy");
        devices(machine);
        if (!memory.isEmpty()) {
            // libvirt has words for memory in a file, but chooses the file; and for a migration, but begins it itself.
            start("qemu:commandline");
            for (String argument : memory) {
                empty("qemu:arg", "value", argument);
            }
            end();
        }
        end();
        xml.writeEndDocument();
    }

    private void clock(Boot boot) throws XMLStreamException {
        start("clock", "offset", "utc");
        for (String timer : platform.absentTimers(boot)) {
            empty("timer", "name", timer, "present", "no");
        }
        end();
    }

    private void boot(Boot boot) throws XMLStreamException {
        if (boot instanceof Boot.Kernel kernel) {
            element("kernel", kernel.kernel());
            element("initrd", kernel.initrd());
            element("cmdline", kernel.cmdline());
        } else if (boot instanceof Boot.Disk disk) {
            if (disk.firmware() == Firmware.UEFI) {
                start("loader", "readonly", "yes", "type", "pflash");
                xml.writeCharacters(platform.firmwareCode());
                end();
                start("nvram", "template", platform.firmwareVariables());
                xml.writeCharacters(disk.variables());
                end();
            }
            empty("boot", "dev", "hd");
        }
    }

    private void disks(Boot boot) throws XMLStreamException {
        if (boot instanceof Boot.Disk disk) {
            start("disk", "type", "file", "device", "disk");
            // What a guest writes is gone with its lab: no need to wait until it is on the host's disk.
            empty("driver", "name", "qemu", "type", "qcow2", "cache", "unsafe");
            empty("source", "file", disk.overlay());
            empty("target", "dev", "vda", "bus", "virtio");
            end();
            if (disk.seed().isPresent()) {
                start("disk", "type", "file", "device", "disk");
                empty("driver", "name", "qemu", "type", "raw");
                empty("source", "file", disk.seed().get());
                empty("target", "dev", "vdb", "bus", "virtio");
                empty("readonly");
                end();
            }
        }
    }

    private void screen(Boot boot) throws XMLStreamException {
        if (boot instanceof Boot.Disk) {
            start("video");
            empty("model", "type", platform.libvirtScreen());
            end();
        }
    }

    private void cpu(boolean kvm) throws XMLStreamException {
        if (kvm) {
            empty("cpu", "mode", "host-passthrough");
            return;
        }
        start("cpu", "mode", "maximum");
        for (String feature : platform.slowFeatures()) {
            empty("feature", "policy", "disable", "name", feature);
        }
        end();
    }

    private void devices(MachineConfig machine) throws XMLStreamException {
        start("devices");
        empty("controller", "type", "usb", "model", "none");
        disks(machine.boot());
        for (NicConfig nic : machine.nics()) {
            nic(machine.guest().attachment(), nic);
        }
        // The console of the domain is its first serial port. A terminal and no socket: on a Unix socket each character
        // that QEMU writes takes the room of a packet, and a reader that is some milliseconds late makes it write and
        // log the next one again. A terminal has room for 4096.
        start("serial", "type", "pty");
        empty(
                "log",
                "file",
                machine.consoleLog(),
                "append",
                machine.goesOnFrom().isPresent() ? "on" : "off");
        empty("target", "port", "0");
        end();
        start("channel", "type", "unix");
        empty("target", "type", "virtio", "name", "org.qemu.guest_agent.0");
        end();
        if (machine.hasCommandPort()) {
            start("channel", "type", "unix");
            empty("source", "mode", "bind", "path", CommandPort.socket(machine));
            empty("target", "type", "virtio", "name", CommandPort.NAME);
            end();
        }
        start("rng", "model", "virtio");
        start("backend", "model", "random");
        xml.writeCharacters("/dev/urandom");
        end();
        end();
        screen(machine.boot());
        empty("memballoon", "model", "none");
        end();
    }

    private void nic(Attachment attachment, NicConfig nic) throws XMLStreamException {
        NicSpec spec = nic.spec();
        String trust = spec.trustGuestRxFilters() ? "yes" : "no";
        // No <target> for what libvirt makes: it keeps the names macvtap0, macvtap1, … and vnet0, vnet1, … to itself
        // and would ignore one of them.
        switch (attachment) {
            case DIRECT -> {
                start("interface", "type", "direct", "trustGuestRxFilters", trust);
                empty("mac", "address", nic.mac().toString());
                empty("source", "dev", nic.parent(), "mode", spec.mode().libvirtName());
            }
            case PRE_CREATED, QEMU -> {
                start("interface", "type", "ethernet", "trustGuestRxFilters", trust);
                empty("mac", "address", nic.mac().toString());
                empty("target", "dev", nic.macvtap(), "managed", "no");
            }
            case BRIDGE -> {
                start("interface", "type", "bridge");
                empty("mac", "address", nic.mac().toString());
                empty("source", "bridge", nic.parent());
            }
        }
        empty("model", "type", spec.model().libvirtName());
        if (spec.model() == NicModel.VIRTIO) {
            String backend = nic.vhost() ? "vhost" : "qemu";
            if (spec.queues() > 1) {
                empty("driver", "name", backend, "queues", Integer.toString(spec.queues()));
            } else {
                empty("driver", "name", backend);
            }
        }
        if (!spec.linkUp()) {
            empty("link", "state", "down");
        }
        // The NIC's boot ROM would spend seconds on network boot before the kernel starts.
        empty("rom", "enabled", "no");
        end();
    }

    private void start(String name, String... attributes) throws XMLStreamException {
        indent();
        open.push(name);
        xml.writeStartElement(name);
        attributes(attributes);
    }

    private void empty(String name, String... attributes) throws XMLStreamException {
        indent();
        xml.writeEmptyElement(name);
        attributes(attributes);
    }

    private void element(String name, String text) throws XMLStreamException {
        indent();
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void end() throws XMLStreamException {
        String name = open.pop();
        if (!HOLDS_TEXT.contains(name)) {
            newLine();
        }
        xml.writeEndElement();
    }

    private void indent() throws XMLStreamException {
        if (!open.isEmpty()) {
            newLine();
        }
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(open.size()));
    }

    private void attributes(String... pairs) throws XMLStreamException {
        for (int i = 0; i < pairs.length; i += 2) {
            xml.writeAttribute(pairs[i], pairs[i + 1]);
        }
    }
}
