package io.github.taplab.internal.report;

import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A picture that may stand in the page as it is. The project draws its pictures itself, but a merged page brings those
 * of others, and a drawing that forgets to escape a host name must not become a script.
 */
public final class TrustedSvg {

    private static final Set<String> ELEMENTS = Set.of(
            "svg",
            "g",
            "defs",
            "marker",
            "title",
            "desc",
            "path",
            "line",
            "polyline",
            "polygon",
            "rect",
            "circle",
            "ellipse",
            "text",
            "tspan",
            "use",
            "symbol",
            "pattern",
            "clipPath");
    // What a picture that is inline must not have: the page's policy would refuse it with a message.
    private static final Set<String> REFUSED = Set.of("style", "src");

    private TrustedSvg() {}

    /** Why a picture may not stand in the page; empty: it may. */
    public static Optional<String> problem(String svg) {
        // HTML's parser, which reads it in the page, sees an end where XML sees none: in CDATA and in comments.
        if (svg.contains("<!") || svg.contains("<?")) {
            return Optional.of("it has more than elements and text");
        }
        // No entities and no document type, so nothing is fetched and nothing grows.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(svg));
            boolean first = true;
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    Optional<String> problem = first && !reader.getLocalName().equals("svg")
                            ? Optional.of("it is no SVG")
                            : ofElement(reader);
                    if (problem.isPresent()) {
                        return problem;
                    }
                    first = false;
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            return Optional.of("it is not well-formed");
        }
    }

    private static Optional<String> ofElement(XMLStreamReader reader) {
        if (!ELEMENTS.contains(reader.getLocalName()) || !reader.getPrefix().isEmpty()) {
            return Optional.of("it has an element " + reader.getLocalName());
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String name = reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
            String value = reader.getAttributeValue(i).strip().toLowerCase(Locale.ROOT);
            boolean leads = name.equals("href") && !value.startsWith("#");
            boolean fetches = value.contains("url(") && !value.startsWith("url(#");
            if (name.startsWith("on") || REFUSED.contains(name) || leads || fetches) {
                return Optional.of("it has an attribute " + name);
            }
        }
        return Optional.empty();
    }
}
