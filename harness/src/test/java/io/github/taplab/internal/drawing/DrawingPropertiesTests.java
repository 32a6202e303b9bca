package io.github.taplab.internal.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.Garbage;
import io.github.taplab.internal.drawing.Nic.Macvtap;
import io.github.taplab.internal.drawing.Nic.Network;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.awt.Rectangle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Whatever a guest calls itself and whatever it sends: a picture in which nothing runs, and that can be read. */
class DrawingPropertiesTests {

    private static final MacAddress MAC = MacAddress.of("02:9e:00:00:00:05");
    private static final String HOSTILE = "\"'><script>alert(1)</script><!--]]>&lt;\u001b[31m\0\n\ud800\u202e\ufffe";
    private static final String SHOWN = "\"'><script>alert(1)</script><!--]]>&lt;␛[31m␀␊\\ud800\\u202e\\ufffe";

    @Test
    void hostileNamesAreShown() {
        SequenceDiagram diagram =
                new SequenceDiagram(HOSTILE, List.of(new Lane("a", "b", HOSTILE)), Map.of(), List.of());
        Document svg = Golden.parsed(diagram.svg());

        assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo(SHOWN);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(SHOWN);
        assertHarmless(svg);
    }

    @Test
    void hostileNamesOfALabAreShown() {
        Document svg = Golden.parsed(lab(HOSTILE, HOSTILE).svg());

        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).contains(SHOWN);
        assertHarmless(svg);
    }

    @Property(tries = 300)
    void anySequence(
            @ForAll("frames") List<RingFrame> frames, @ForAll @Size(max = 5) List<@From("texts") String> titles) {
        List<Lane> lanes = IntStream.range(0, titles.size())
                .mapToObj(i -> new Lane("node" + i / 2, "eth" + i % 2, titles.get(i)))
                .toList();
        Map<MacAddress, String> owners = titles.isEmpty() ? Map.of() : Map.of(MAC, titles.get(0));

        Document svg = Golden.parsed(new SequenceDiagram("any", lanes, owners, frames).svg());

        assertHarmless(svg);
        assertReadable(svg);
    }

    @Property(tries = 300)
    void anyLab(@ForAll("texts") String name, @ForAll("texts") String words) {
        Document svg = Golden.parsed(lab(name, words).svg());

        assertHarmless(svg);
        assertReadable(svg);
    }

    private static LabDrawing lab(String name, String words) {
        Station launcher = new Station(
                Station.Kind.LAUNCHER,
                name,
                List.of(new Nic(words, MAC, List.of(), Network.LAB, Optional.of(words), Optional.empty())));
        Station guest = new Station(
                Station.Kind.GUEST,
                words,
                List.of(new Nic(
                        words,
                        MAC,
                        List.of(InterfaceIp.of("fd74:6170:6c62:1209:aaaa:bbbb:cccc:dddd/64")),
                        Network.WAN,
                        Optional.of(words),
                        Optional.of(new Macvtap(words, name, words, words, MAC.sibling(), Optional.of(words))))));
        return new LabDrawing(words, List.of(launcher, guest));
    }

    private static void assertHarmless(Document svg) {
        NodeList all = svg.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            assertThat(element.getTagName()).isIn("svg", "title", "desc", "g", "text", "path", "rect", "circle");
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                assertThat(element.getAttributes().item(j).getNodeName())
                        .doesNotStartWith("on")
                        .doesNotContain("href")
                        .isNotIn("style", "id");
            }
        }
    }

    /** Each text is inside of the picture, and none lies over another. */
    private static void assertReadable(Document svg) {
        String[] view = svg.getDocumentElement().getAttribute("viewBox").split(" ", -1);
        Rectangle picture = new Rectangle(0, 0, Integer.parseInt(view[2]), Integer.parseInt(view[3]));
        List<Rectangle> texts = new ArrayList<>();
        NodeList all = svg.getElementsByTagName("text");
        for (int i = 0; i < all.getLength(); i++) {
            Rectangle place = place((Element) all.item(i));
            assertThat(picture.contains(place))
                    .as("%s in %s: %s", place, picture, all.item(i).getTextContent())
                    .isTrue();
            assertThat(texts).noneMatch(place::intersects);
            texts.add(place);
        }
    }

    private static Rectangle place(Element text) {
        int size = Integer.parseInt(text.getAttribute("font-size"));
        String words = text.getTextContent();
        int width = Math.max(1, (int) (words.codePointCount(0, words.length()) * size * 0.6));
        int x = Integer.parseInt(text.getAttribute("x"));
        int left =
                switch (text.getAttribute("text-anchor")) {
                    case "middle" -> x - width / 2;
                    case "end" -> x - width;
                    default -> x;
                };
        return new Rectangle(left, Integer.parseInt(text.getAttribute("y")) - size + 3, width, size);
    }

    @Provide
    static Arbitrary<String> texts() {
        return Garbage.text();
    }

    @Provide
    static Arbitrary<List<RingFrame>> frames() {
        Arbitrary<byte[]> octets = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
                Arbitraries.of(
                        Frames.whoHas(),
                        Frames.ping(MAC),
                        Frames.pong(MAC),
                        Frames.isAt(MAC),
                        new byte[0],
                        new byte[6]));
        return Combinators.combine(
                        Arbitraries.longs().between(0, 100_000_000),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(true, false),
                        octets)
                .as((at, node, link, outgoing, bytes) -> new RingFrame(
                        Instant.EPOCH.plusNanos(at), "node" + node, "eth" + link, outgoing, bytes, bytes.length))
                .list()
                .ofMaxSize(60);
    }
}
