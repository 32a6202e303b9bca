package io.github.taplab.samples.soak;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Series as a picture, one under the other over the same time, each from zero to its highest value: what is flat looks
 * flat. What is judged is drawn darker than what is not, and a series that grows is red.
 */
final class SoakPlot {

    private static final int WIDTH = 720;
    private static final int LEFT = 20;
    private static final int PANEL = 110;
    private static final int CURVE = 64;
    private static final String RED = "#e0353a";
    private static final String FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;
    private final double longest;

    private SoakPlot(double longest) throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        this.longest = longest;
    }

    /** The picture, as SVG. */
    static String of(String title, List<Verdict> verdicts) {
        double longest = verdicts.stream()
                .flatMap(verdict -> verdict.series().samples().stream())
                .mapToDouble(Sample::seconds)
                .max()
                .orElse(1);
        try {
            SoakPlot plot = new SoakPlot(Math.max(longest, 1));
            plot.draw(title, verdicts);
            return plot.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing XML to memory failed", e);
        }
    }

    private void draw(String title, List<Verdict> verdicts) throws XMLStreamException {
        int height = 40 + PANEL * verdicts.size() + 30;
        start("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 %d %d".formatted(WIDTH, height));
        attributes("role", "img", "aria-label", title, "font-family", FONTS, "font-size", "12");
        element("title", title);
        element("desc", verdicts.stream().map(Verdict::line).map(String::strip).collect(Collectors.joining("; ")));
        // Readable wherever it is opened, also on a dark page.
        empty("rect", "width", Integer.toString(WIDTH), "height", Integer.toString(height), "fill", "#fff");
        words(LEFT, 24, "#000", title);
        for (int i = 0; i < verdicts.size(); i++) {
            panel(40 + PANEL * i, verdicts.get(i));
        }
        words(LEFT, height - 12, "#555", "0 to %s s".formatted(Verdict.number(Math.rint(longest))));
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.flush();
    }

    private void panel(int top, Verdict verdict) throws XMLStreamException {
        List<Sample> all = verdict.series().samples();
        double highest = all.stream().mapToDouble(Sample::value).max().orElse(0);
        int bottom = top + 24 + CURVE;
        String colour = verdict.grows() ? RED : "#000";
        words(LEFT, top + 14, colour, verdict.line());
        empty("path", "d", "M%d %d H%d".formatted(LEFT, bottom, WIDTH - LEFT), "stroke", "#ccc");
        curve(all, highest, bottom, "#aaa");
        curve(verdict.judged(), highest, bottom, colour);
    }

    private void curve(List<Sample> samples, double highest, int bottom, String colour) throws XMLStreamException {
        if (samples.isEmpty()) {
            return;
        }
        String points = samples.stream()
                .map(sample -> String.format(
                        Locale.ROOT,
                        "%.1f %.1f",
                        LEFT + sample.seconds() / longest * (WIDTH - 2 * LEFT),
                        bottom - (highest > 0 ? sample.value() / highest * CURVE : 0)))
                .collect(Collectors.joining(" L", "M", ""));
        empty("path", "d", points, "fill", "none", "stroke", colour, "stroke-width", "1.5");
    }

    private void words(int x, int y, String colour, String words) throws XMLStreamException {
        start("text", "x", Integer.toString(x), "y", Integer.toString(y), "fill", colour);
        xml.writeCharacters(words);
        xml.writeEndElement();
    }

    private void element(String name, String words) throws XMLStreamException {
        start(name);
        xml.writeCharacters(words);
        xml.writeEndElement();
    }

    private void start(String name, String... attributes) throws XMLStreamException {
        if (!name.equals("svg")) {
            xml.writeCharacters("\n");
        }
        xml.writeStartElement(name);
        attributes(attributes);
    }

    private void empty(String name, String... attributes) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeEmptyElement(name);
        attributes(attributes);
    }

    private void attributes(String... pairs) throws XMLStreamException {
        for (int i = 0; i < pairs.length; i += 2) {
            xml.writeAttribute(pairs[i], pairs[i + 1]);
        }
    }
}
