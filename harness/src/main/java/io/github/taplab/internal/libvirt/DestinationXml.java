package io.github.taplab.internal.libvirt;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The XML of a domain for the launcher to which it migrates: a pure function from text to text. */
final class DestinationXml {

    private DestinationXml() {}

    /**
     * What libvirt would send, but that the console's log goes on: what the guest has said before is in it already.
     *
     * @param migratable the XML that libvirt would send
     */
    static String of(String migratable) {
        Document domain = InterfaceXml.parse(migratable);
        NodeList logs = domain.getElementsByTagName("log");
        for (int i = 0; i < logs.getLength(); i++) {
            ((Element) logs.item(i)).setAttribute("append", "on");
        }
        return InterfaceXml.text(domain.getDocumentElement());
    }
}
