package io.github.taplab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A page as it is written.
 *
 * @param source its file, from the repository's root
 * @param content what is in it
 */
record Page(Path source, Node content) {

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder().extensions(EXTENSIONS).build();

    static Page read(Path root, Path source) throws IOException {
        return new Page(source, PARSER.parse(Files.readString(root.resolve(source))));
    }

    String title() {
        return anchors().entrySet().iterator().next().getKey().text();
    }

    /** A heading, and what is written there. */
    record Titled(Heading heading, String text) {}

    /** The headings and their anchors, which are as GitHub makes them, since the pages are read there too. */
    Map<Titled, String> anchors() {
        Map<Titled, String> anchors = new LinkedHashMap<>();
        Map<String, Integer> used = new HashMap<>();
        content.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                String text = TEXT.render(heading).replaceAll("[\"\\n]", "").strip();
                String anchor = text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                int before = used.merge(anchor, 1, Integer::sum) - 1;
                anchors.put(new Titled(heading, text), before == 0 ? anchor : anchor + "-" + before);
            }
        });
        return anchors;
    }

    List<String> links() {
        List<String> links = new ArrayList<>();
        content.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                links.add(link.getDestination());
                visitChildren(link);
            }
        });
        return links;
    }

    /**
     * Its HTML, without what is HTML in its Markdown: comments, which say where a snippet is from.
     *
     * @param link what becomes of a link's destination
     */
    String html(UnaryOperator<String> link) {
        Map<Heading, String> anchors = new HashMap<>();
        anchors().forEach((titled, anchor) -> anchors.put(titled.heading(), anchor));
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .nodeRendererFactory(context -> new Nothing())
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (node instanceof Heading heading) {
                        attributes.put("id", anchors.get(heading));
                    } else if (node instanceof Link) {
                        attributes.compute("href", (name, to) -> to == null ? "" : link.apply(to));
                    }
                })
                .build();
        return renderer.render(content);
    }

    /** What is left of HTML in Markdown. */
    private static final class Nothing implements NodeRenderer {

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(HtmlBlock.class);
        }

        @Override
        public void render(Node node) {}
    }
}
