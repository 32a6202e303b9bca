package io.github.taplab.internal.libvirt;

import io.github.taplab.internal.machine.Memory;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The XML of a domain for the launcher to which it migrates: a pure function from text to text. */
final class DestinationXml {

    private static final String COMMAND_LINE = "qemu:commandline";

    private DestinationXml() {}

    /**
     * What libvirt would send, but for what is not to be the same there: the console's log goes on, since what the
     * guest has said before is in it already; and the memory has its name only, where it came out of a file, or was in
     * one so that it could be copied.
     *
     * @param migratable the XML that libvirt would send
     * @param mib size of the memory
     */
    static String of(String migratable, int mib) {
        Document domain = InterfaceXml.parse(migratable);
        for (Element log : all(domain, "log")) {
            log.setAttribute("append", "on");
        }
        for (Element old : all(domain, COMMAND_LINE)) {
            old.getParentNode().replaceChild(memory(domain, mib), old);
        }
        return InterfaceXml.text(domain.getDocumentElement());
    }

    private static Element memory(Document domain, int mib) {
        Element commandLine = domain.createElement(COMMAND_LINE);
        for (String argument : new Memory.Moved("", true).qemuArguments(mib)) {
            Element each = domain.createElement("qemu:arg");
            each.setAttribute("value", argument);
            commandLine.appendChild(each);
        }
        return commandLine;
    }

    private static List<Element> all(Document domain, String name) {
        NodeList found = domain.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
