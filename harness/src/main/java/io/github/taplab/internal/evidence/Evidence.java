package io.github.taplab.internal.evidence;

import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Internet;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a lab looked like when a test failed, as text.
 *
 * @param sections in reading order
 */
public record Evidence(List<Section> sections) {

    private static final int CONSOLE_LINES = 200;
    private static final String FILE = "taplab-evidence.txt";

    /**
     * One thing that was looked at.
     *
     * @param title what and where
     * @param text what was seen
     */
    public record Section(String title, String text) {}

    /** Looks at every node that runs. A node that can't be looked at is no reason to look at no other. */
    public static Evidence collect(RunningLab lab) {
        List<Section> sections = new ArrayList<>();
        boolean routed = lab.running().stream().anyMatch(Internet.class::isInstance);
        for (Node node : lab.running()) {
            look(sections, node.name() + ": links", () -> lines(node.links()));
            look(sections, node.name() + ": addresses", () -> lines(node.addresses()));
            look(sections, node.name() + ": routes", () -> lines(node.routes()));
            look(sections, node.name() + ": neighbours", () -> lines(node.neighbours()));
            if (node instanceof GuestHandle guest) {
                look(sections, node.name() + ": console", () -> guest.console().tail(CONSOLE_LINES));
                look(sections, node.name() + ": machine", guest::machineDescription);
            }
            if (routed && node instanceof Gateway) {
                look(
                        sections,
                        node.name() + ": packet filter and NAT",
                        () -> node.tryRun("nft", "list", "ruleset").stdout());
                look(
                        sections,
                        node.name() + ": name server",
                        () -> node.tryRun("tail", "-n", "100", "/var/log/taplab/dnsmasq.log")
                                .stdout());
            }
            if (node instanceof Launcher) {
                look(
                        sections,
                        node.name() + ": libvirtd.log",
                        () -> node.tryRun("tail", "-n", "100", "/var/log/taplab/libvirtd.log")
                                .stdout());
            }
        }
        return new Evidence(sections);
    }

    /** Attaches a picture of each screen to the test. */
    public static void publishScreens(RunningLab lab, ExtensionContext context) {
        for (Node node : lab.running()) {
            if (node instanceof GuestHandle guest && guest.hasScreen()) {
                try {
                    context.publishFile(
                            "taplab-screen-%s.png".formatted(guest.name()),
                            MediaType.IMAGE_PNG,
                            guest.screenshot()::writeTo);
                } catch (RuntimeException e) {
                    context.publishReportEntry("no picture of the screen of " + guest.name(), e.getMessage());
                }
            }
        }
    }

    /** Attaches the evidence to the test, as a file and as a report entry that says where it is. */
    public void publish(ExtensionContext context) {
        context.publishFile(FILE, MediaType.TEXT_PLAIN_UTF_8, path -> {
            Files.writeString(path, text());
            context.publishReportEntry("taplab evidence", path.toString());
        });
    }

    private String text() {
        return sections.stream()
                .map(section ->
                        "== %s%n%s%n".formatted(section.title(), section.text().stripTrailing()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static void look(List<Section> sections, String title, Supplier<String> sight) {
        try {
            sections.add(new Section(title, sight.get()));
        } catch (RuntimeException e) {
            sections.add(new Section(title, "can't be looked at: " + e.getMessage()));
        }
    }

    private static String lines(List<?> entries) {
        return entries.isEmpty()
                ? "none"
                : entries.stream().map(Object::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
