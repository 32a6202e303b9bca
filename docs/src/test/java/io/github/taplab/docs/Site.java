package io.github.taplab.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The guide's pages, and what they lead to, as files that open anywhere and ask nobody for anything. */
final class Site {

    /** In the order of the menu: the guide, then what is written elsewhere. */
    private static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        FILES.put("docs/index.md", "index.html");
        FILES.put("docs/first-spec.md", "first-spec.html");
        FILES.put("docs/nodes.md", "nodes.html");
        FILES.put("docs/faults.md", "faults.html");
        FILES.put("docs/images.md", "images.html");
        FILES.put("docs/captures-and-report.md", "captures-and-report.html");
        FILES.put("docs/many-hosts.md", "many-hosts.html");
        FILES.put("docs/ci.md", "ci.html");
        FILES.put("docs/trouble.md", "trouble.html");
        FILES.put("docs/how-it-works.md", "how-it-works.html");
        FILES.put("README.md", "readme.html");
        FILES.put("harness/ARCHITECTURE.md", "architecture.html");
        FILES.put("ci/README.md", "commands.html");
        FILES.put("SECURITY.md", "security.html");
        FILES.put("CHANGELOG.md", "changelog.html");
    }

    /** Where everything else in the repository can be read. */
    private static final String REPOSITORY = "https://github.com/taplab/taplab/blob/HEAD/";

    private final Path root;
    private final List<Page> pages = new ArrayList<>();

    Site(Path root) throws IOException {
        this.root = root;
        for (String source : FILES.keySet()) {
            pages.add(Page.read(root, Path.of(source)));
        }
    }

    List<Page> pages() {
        return pages;
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Page page : pages) {
            Files.writeString(folder.resolve(file(page)), html(page));
        }
    }

    String html(Page page) throws IOException {
        return resource("page.html")
                .replace("{{title}}", escaped(page.title()))
                .replace("{{style}}", resource("style.css"))
                .replace("{{menu}}", menu(page))
                .replace("{{content}}", page.html(link -> shown(page, link)));
    }

    /** What is wrong with a link of a page, which may lead to a page, a place on it, or a file of the repository. */
    Optional<String> fault(Page page, String link) {
        if (isAbroad(link)) {
            return Optional.empty();
        }
        String[] parts = link.split("#", 2);
        Path target = target(page, parts[0]);
        Optional<Page> there =
                pages.stream().filter(one -> one.source().equals(target)).findFirst();
        if (!Files.exists(root.resolve(target))) {
            return Optional.of("%s: %s is not there".formatted(page.source(), link));
        }
        if (parts.length == 2
                && there.map(one -> !one.anchors().containsValue(parts[1])).orElse(false)) {
            return Optional.of("%s: %s has no heading for %s".formatted(page.source(), target, link));
        }
        return Optional.empty();
    }

    private String shown(Page page, String link) {
        if (isAbroad(link) || link.startsWith("#")) {
            return link;
        }
        String[] parts = link.split("#", 2);
        Path target = target(page, parts[0]);
        String file = FILES.get(target.toString());
        return (file == null ? REPOSITORY + target : file) + (parts.length == 2 ? "#" + parts[1] : "");
    }

    private static boolean isAbroad(String link) {
        return URI.create(link).getScheme() != null;
    }

    private static Path target(Page page, String path) {
        return path.isEmpty()
                ? page.source()
                : page.source().resolveSibling(path).normalize();
    }

    private static String file(Page page) {
        return FILES.getOrDefault(page.source().toString(), "");
    }

    private String menu(Page current) {
        return pages.stream()
                .map(page -> "<li><a href=\"%s\"%s>%s</a></li>"
                        .formatted(
                                file(page), page.equals(current) ? " aria-current=\"page\"" : "", escaped(name(page))))
                .collect(Collectors.joining("\n"));
    }

    /** In the menu, where the README can't be called Taplab once more. */
    private static String name(Page page) {
        return page.source().equals(Path.of("README.md")) ? "README" : page.title();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String resource(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources", name));
    }
}
