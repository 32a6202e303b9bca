package io.github.taplab.internal.evidence;

import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.report.Gathered;
import io.github.taplab.internal.timeline.Event;
import io.github.taplab.internal.timeline.TimelineText;
import io.github.taplab.node.Node;
import io.github.taplab.node.WebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lab looked like when something failed, as text, and as pictures of its guests' screens.
 *
 * @param lab what is of all of it, such as its timeline
 * @param nodes in the order of reading
 * @param packets what passed its interfaces
 */
public record Evidence(List<Section> lab, List<NodeEvidence> nodes, Packets packets) {

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    /** Name of the text file. */
    public static final String FILE = "taplab-evidence.txt";

    /** Name of the capture file. */
    public static final String PACKETS = "taplab.pcapng";

    /** How the name of a screen's picture begins. */
    public static final String SCREEN = "taplab-screen-";

    private static final MediaType PCAPNG = MediaType.create("application", "vnd.tcpdump.pcap");
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /**
     * Looks at every node that runs, at all of them side by side. A node that can't be looked at, or does not answer,
     * is no reason to see less of another.
     */
    public static Evidence collect(RunningLab lab) {
        List<Event> events = lab.timeline().events();
        // Before others are asked anything: that would be among the frames.
        Packets packets = new Packets(lab.rings().since(Instant.EPOCH), events);
        return new Evidence(
                List.of(new Section("timeline", TimelineText.of(lab.timeline())), packets.section()),
                look(lab.running()),
                packets);
    }

    /** The same with one thing more, which comes first. */
    public Evidence with(Section first) {
        return new Evidence(Stream.concat(Stream.of(first), lab.stream()).toList(), nodes, packets);
    }

    static List<NodeEvidence> look(List<Node> running) {
        return look(running, LONGEST);
    }

    static List<NodeEvidence> look(List<Node> running, Duration longest) {
        boolean routed = running.stream().anyMatch(WebServer.class::isInstance);
        long end = System.nanoTime() + longest.toNanos();
        List<NodeEvidence> looks =
                running.stream().map(node -> NodeEvidence.begin(node, routed)).toList();
        looks.forEach(look -> look.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        return looks;
    }

    /**
     * Attaches the evidence to the test or class, as a file, with a report entry that says where it is, and a picture
     * of each screen. For CI servers that look for attachments in what a test prints, each file has a line there. What
     * fails here is logged: it is no verdict on the test.
     */
    public void publish(ExtensionContext context) {
        try {
            context.publishFile(FILE, MediaType.TEXT_PLAIN_UTF_8, path -> {
                Files.writeString(path, text());
                context.publishReportEntry("taplab evidence", path.toString());
                sayAttachment(path);
            });
            if (!packets.isEmpty()) {
                context.publishFile(PACKETS, PCAPNG, path -> {
                    Files.write(path, packets.pcapng());
                    sayAttachment(path);
                });
            }
            for (NodeEvidence node : nodes) {
                node.screen()
                        .ifPresent(screen ->
                                context.publishFile(SCREEN + node.name() + ".png", MediaType.IMAGE_PNG, path -> {
                                    screen.writeTo(path);
                                    sayAttachment(path);
                                }));
            }
        } catch (RuntimeException e) {
            LOG.warn("The evidence of {} can't be kept: {}", context.getDisplayName(), e.getMessage(), e);
        }
    }

    // Jenkins' junit-attachments, GitLab and others read this form.
    private static void sayAttachment(Path path) {
        System.out.printf("[[ATTACHMENT|%s]]%n", path.toAbsolutePath());
    }

    /** All that was seen, as text. */
    public List<Section> sections() {
        return Stream.concat(lab.stream(), nodes.stream().flatMap(node -> node.sections().stream()))
                .toList();
    }

    /** Hands it in for the report of the run. */
    public void addTo(Gathered report) {
        sections().forEach(section -> report.evidence(section.title(), section.text()));
        if (!packets.isEmpty()) {
            report.attachment(PACKETS, PCAPNG.toString(), packets.pcapng());
        }
        for (NodeEvidence node : nodes) {
            node.screen()
                    .ifPresent(screen -> report.attachment(
                            SCREEN + node.name() + ".png", MediaType.IMAGE_PNG.toString(), screen.png()));
        }
    }

    String text() {
        return sections().stream()
                .map(section ->
                        "== %s%n%s%n".formatted(section.title(), section.text().stripTrailing()))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
