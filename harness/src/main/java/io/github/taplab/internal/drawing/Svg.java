package io.github.taplab.internal.drawing;

import io.github.taplab.internal.text.Visible;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A picture, being drawn. What is drawn says what it is by its class, so that a page can colour it; without a page it
 * has the colour of the text around it, and what is wrong is red. There are no ids and no style sheet in it, so any
 * number of pictures can be in one page, under any content security policy.
 */
final class Svg {

    /** How large letters are, and so how wide: the fonts are ones in which all letters are equally wide. */
    enum Size {
        TEXT(12),
        SMALL(10);

        private final int height;

        Size(int height) {
            this.height = height;
        }

        /** How many letters have room in a width. */
        int lettersIn(int width) {
            return (int) (width / (height * WIDTH_TO_HEIGHT));
        }
    }

    /** What a part of a picture is, as its class says it. */
    enum Kind {
        NAME("name"),
        LABEL("label"),
        NOTE("note"),
        LINE("line"),
        BOX("box"),
        WRONG("wrong");

        private final String style;

        Kind(String style) {
            this.style = style;
        }
    }

    private static final double WIDTH_TO_HEIGHT = 0.61;
    private static final String FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
    // Dark enough on white and light enough on black (4.6:1 each) to be read.
    private static final String RED = "#e0353a";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private Svg() throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    /** What draws. */
    @FunctionalInterface
    interface Drawing {
        void on(Svg svg) throws XMLStreamException;
    }

    /**
     * A picture.
     *
     * @param style the class of the whole
     * @param title what is seen
     * @param description the same in sentences, for who can't see it
     */
    static String of(String style, int width, int height, String title, String description, Drawing drawing) {
        try {
            Svg svg = new Svg();
            svg.xml.writeStartElement("svg");
            svg.attributes(
                    "xmlns",
                    "http://www.w3.org/2000/svg",
                    "class",
                    style,
                    "viewBox",
                    "0 0 %d %d".formatted(width, height),
                    "role",
                    "img",
                    "aria-label",
                    Visible.of(title),
                    "fill",
                    "currentColor",
                    "font-family",
                    FONTS);
            svg.element("title", title);
            svg.element("desc", description);
            drawing.on(svg);
            svg.xml.writeCharacters("\n");
            svg.xml.writeEndElement();
            svg.xml.writeCharacters("\n");
            svg.xml.flush();
            return svg.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing XML to memory failed", e);
        }
    }

    /** Begins a part with words of its own, which a browser shows where a pointer rests. */
    void begin(Kind kind, String title) throws XMLStreamException {
        start("g", "class", kind.style);
        element("title", title);
    }

    void end() throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    /** Text of which the left end is at a place. */
    void text(Kind kind, Size size, int x, int y, String words) throws XMLStreamException {
        text(kind, size, "start", x, y, words);
    }

    void textInTheMiddle(Kind kind, Size size, int x, int y, String words) throws XMLStreamException {
        text(kind, size, "middle", x, y, words);
    }

    void textToTheEnd(Kind kind, Size size, int x, int y, String words) throws XMLStreamException {
        text(kind, size, "end", x, y, words);
    }

    private void text(Kind kind, Size size, String anchor, int x, int y, String words) throws XMLStreamException {
        start("text", "class", kind.style, "x", number(x), "y", number(y), "font-size", number(size.height));
        if (!anchor.equals("start")) {
            attributes("text-anchor", anchor);
        }
        switch (kind) {
            case NAME -> attributes("font-weight", "bold");
            case NOTE -> attributes("opacity", "0.75");
            case WRONG -> attributes("fill", RED);
            default -> {}
        }
        xml.writeCharacters(Visible.of(words));
        xml.writeEndElement();
    }

    /** A line through places, each an x and a y. */
    void line(Kind kind, int... places) throws XMLStreamException {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < places.length; i += 2) {
            path.append(i == 0 ? "M" : " L").append(places[i]).append(' ').append(places[i + 1]);
        }
        path("line", kind, path.toString());
    }

    /** A lane of a diagram, between two heights. */
    void lane(int x, int top, int bottom) throws XMLStreamException {
        empty("path", "class", "lane", "d", "M%d %d L%d %d".formatted(x, top, x, bottom));
        attributes("stroke", "currentColor", "stroke-dasharray", "2 3", "opacity", "0.5");
    }

    void cross(int x, int y) throws XMLStreamException {
        String path = "M%d %d L%d %d M%d %d L%d %d".formatted(x - 5, y - 5, x + 5, y + 5, x - 5, y + 5, x + 5, y - 5);
        empty("path", "class", "cross", "fill", "none", "stroke", RED, "stroke-width", "2.5", "d", path);
    }

    private void path(String style, Kind kind, String path) throws XMLStreamException {
        empty("path", "class", kind == Kind.WRONG ? "wrong" : style, "fill", "none");
        attributes("stroke", kind == Kind.WRONG ? RED : "currentColor", "stroke-width", "1.5", "d", path);
    }

    /** The head of an arrow that comes from one side. */
    void arrowHead(boolean fromTheLeft, int x, int y) throws XMLStreamException {
        int back = fromTheLeft ? x - 8 : x + 8;
        empty("path", "class", "head", "d", "M%d %d L%d %d L%d %d Z".formatted(x, y, back, y - 4, back, y + 4));
    }

    void dot(int x, int y) throws XMLStreamException {
        empty("circle", "class", "dot", "cx", number(x), "cy", number(y), "r", "3");
    }

    void box(Kind kind, int x, int y, int width, int height) throws XMLStreamException {
        empty("rect", "class", kind == Kind.WRONG ? "wrong" : "box");
        attributes("x", number(x), "y", number(y), "width", number(width), "height", number(height), "rx", "4");
        attributes("fill", "none", "stroke", kind == Kind.WRONG ? RED : "currentColor", "stroke-width", "1.5");
    }

    private static String number(int value) {
        return Integer.toString(value);
    }

    private void start(String name, String... attributes) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(name);
        attributes(attributes);
    }

    private void empty(String name, String... attributes) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeEmptyElement(name);
        attributes(attributes);
    }

    private void element(String name, String words) throws XMLStreamException {
        start(name);
        xml.writeCharacters(Visible.of(words));
        xml.writeEndElement();
    }

    private void attributes(String... pairs) throws XMLStreamException {
        for (int i = 0; i < pairs.length; i += 2) {
            xml.writeAttribute(pairs[i], pairs[i + 1]);
        }
    }
}
