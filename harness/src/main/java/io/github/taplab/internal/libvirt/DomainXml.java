package io.github.taplab.internal.libvirt;

import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacAddress;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the libvirt domain of a guest: a pure function from values to XML. */
public final class DomainXml {

    private static final Set<String> HOLDS_TEXT = Set.of("memory", "type", "backend");

    private final XMLStreamWriter xml;
    private final Deque<String> open = new ArrayDeque<>();

    private DomainXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Everything a domain is made of.
     *
     * @param guest what the user declared
     * @param mac of the NIC, and so of the macvtap
     * @param parent the interface that it hangs on
     * @param kvm whether the host's KVM works; otherwise TCG, an emulation
     * @param vhost whether the host kernel moves the packets; otherwise QEMU does
     * @param kernel path in the launcher
     * @param initrd path in the launcher
     * @param cmdline kernel command line
     * @param consoleLog where the serial console is written, in the launcher
     */
    public record Domain(
            GuestSpec guest,
            MacAddress mac,
            String parent,
            boolean kvm,
            boolean vhost,
            String kernel,
            String initrd,
            String cmdline,
            String consoleLog) {}

    /** The XML of a domain. */
    public static String of(Domain domain) {
        StringWriter text = new StringWriter();
        try {
            new DomainXml(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text)).write(domain);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing XML to memory failed", e);
        }
        return text.toString();
    }

    private void write(Domain domain) throws XMLStreamException {
        start("domain", "type", domain.kvm() ? "kvm" : "qemu");
        element("name", domain.guest().name());
        start("memory", "unit", "MiB");
        xml.writeCharacters(Integer.toString(domain.guest().memoryMib()));
        end();
        element("vcpu", Integer.toString(domain.guest().cpus()));
        start("os");
        start("type", "arch", "x86_64", "machine", "pc");
        xml.writeCharacters("hvm");
        end();
        element("kernel", domain.kernel());
        element("initrd", domain.initrd());
        element("cmdline", domain.cmdline());
        end();
        start("features");
        empty("acpi");
        end();
        empty("cpu", "mode", domain.kvm() ? "host-passthrough" : "maximum");
        element("on_poweroff", "destroy");
        element("on_reboot", "restart");
        element("on_crash", "destroy");
        devices(domain);
        end();
        xml.writeEndDocument();
    }

    private void devices(Domain domain) throws XMLStreamException {
        start("devices");
        empty("controller", "type", "usb", "model", "none");
        nic(domain);
        // libvirt writes the log as root of the container; the console of the domain is its first serial port.
        start("serial", "type", "file");
        empty("source", "path", domain.consoleLog());
        empty("target", "port", "0");
        end();
        start("channel", "type", "unix");
        empty("target", "type", "virtio", "name", "org.qemu.guest_agent.0");
        end();
        start("rng", "model", "virtio");
        start("backend", "model", "random");
        xml.writeCharacters("/dev/urandom");
        end();
        end();
        empty("memballoon", "model", "none");
        end();
    }

    private void nic(Domain domain) throws XMLStreamException {
        start(
                "interface",
                "type",
                "direct",
                "trustGuestRxFilters",
                domain.guest().nic().trustGuestRxFilters() ? "yes" : "no");
        empty("mac", "address", domain.mac().toString());
        empty(
                "source",
                "dev",
                domain.parent(),
                "mode",
                domain.guest().nic().mode().libvirtName());
        empty("model", "type", "virtio");
        empty("driver", "name", domain.vhost() ? "vhost" : "qemu");
        // No <target>: libvirt keeps the names macvtap0, macvtap1, … to itself and would ignore one of them.
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
