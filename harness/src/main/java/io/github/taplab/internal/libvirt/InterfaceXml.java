package io.github.taplab.internal.libvirt;

import io.github.taplab.spec.MacAddress;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** One interface in the live XML of a domain: with its alias and address, which libvirt wants back in a change. */
final class InterfaceXml {

    private final Element element;

    private InterfaceXml(Element element) {
        this.element = element;
    }

    /** The interface that was defined with a MAC address, whatever address it has now. */
    static Optional<InterfaceXml> find(String domainXml, MacAddress mac) {
        NodeList interfaces = parse(domainXml).getElementsByTagName("interface");
        for (int i = 0; i < interfaces.getLength(); i++) {
            Element candidate = (Element) interfaces.item(i);
            if (child(candidate, "mac")
                    .filter(found -> found.getAttribute("address").equals(mac.toString()))
                    .isPresent()) {
                return Optional.of(new InterfaceXml(candidate));
            }
        }
        return Optional.empty();
    }

    /** Name of the launcher's end. */
    Optional<String> target() {
        return child(element, "target").map(target -> target.getAttribute("dev"));
    }

    String text() {
        return text(element);
    }

    /** The same with another state of the link. */
    String withLink(boolean up) {
        Element changed = (Element) element.cloneNode(true);
        child(changed, "link").ifPresent(changed::removeChild);
        Element link = changed.getOwnerDocument().createElement("link");
        link.setAttribute("state", up ? "up" : "down");
        changed.appendChild(link);
        return text(changed);
    }

    private static Optional<Element> child(Element parent, String name) {
        return Optional.ofNullable((Element) parent.getElementsByTagName(name).item(0));
    }

    static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            // libvirt writes none, and one could name any file of this machine.
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Otherwise it prints each fault on standard error too.
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new IllegalStateException("libvirt's XML can't be read: " + xml, e);
        }
    }

    static String text(Element element) {
        StringWriter text = new StringWriter();
        try {
            Transformer plain = TransformerFactory.newDefaultInstance().newTransformer();
            plain.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            plain.transform(new DOMSource(element), new StreamResult(text));
        } catch (Exception e) {
            throw new IllegalStateException("Writing XML to memory failed", e);
        }
        return text.toString();
    }
}
