package io.github.taplab.internal.libvirt;

import org.w3c.dom.Element;

/** The serial port in the live XML of a domain. */
final class SerialXml {

    private SerialXml() {}

    /** Path of the terminal that is its other end, chosen by the system when the domain started. */
    static String terminal(String domainXml) {
        Element serial = (Element)
                InterfaceXml.parse(domainXml).getElementsByTagName("serial").item(0);
        if (serial == null || serial.getElementsByTagName("source").getLength() == 0) {
            throw new IllegalStateException("The domain has no serial port with a terminal: " + domainXml);
        }
        return ((Element) serial.getElementsByTagName("source").item(0)).getAttribute("path");
    }
}
