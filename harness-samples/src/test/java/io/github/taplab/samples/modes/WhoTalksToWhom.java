package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.ContainerNode;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Two rows of the README's table: for one mode, without and with a hairpin, which station's ping another one answers. A
 * class for each mode declares the guests.
 */
abstract class WhoTalksToWhom {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Path README = Path.of("../README.md");
    /** A system property: with it the README's rows are written from what is seen instead of compared with it. */
    private static final String WRITE = "samples.write";

    private final String mode;

    WhoTalksToWhom(MacvtapMode mode) {
        this.mode = mode.kernelName();
    }

    @Test
    @Order(1)
    @DisplayName("who talks to whom")
    void withoutHairpin(Lab lab) {
        compare(observe(lab, mode, false), false);
    }

    @Test
    @Order(2)
    @DisplayName("who talks to whom where the switch sends frames back (hairpin)")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void withHairpin(Lab lab) {
        try (Undo hairpin = lab.launcher().enableHairpin()) {
            compare(observe(lab, mode, true), true);
        }
    }

    private void compare(String seen, boolean hairpin) {
        if (Boolean.getBoolean(WRITE)) {
            keep(mode, hairpin, seen);
            // Nothing was compared, so nothing has passed.
            Assumptions.abort("The README has this row now, run again without -D%s: %s".formatted(WRITE, seen));
        }
        assertThat(seen).isEqualTo(documented(mode, hairpin));
    }

    /** Tries every direction and gives the row as the README has it. Where IPv4 and IPv6 differ, the cell says so. */
    private static String observe(Lab lab, String mode, boolean hairpin) {
        Guest guest = lab.guests().get(0);
        Optional<Node> neighbour = lab.guests().stream().skip(1).findFirst().map(Node.class::cast);
        return "| %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        mode,
                        hairpin ? "on" : "off",
                        cell(guest, Optional.of(lab.client())),
                        cell(lab.client(), Optional.of(guest)),
                        cell(guest, neighbour),
                        cell(guest, Optional.of(lab.launcher())),
                        cell(lab.launcher(), Optional.of(guest)),
                        cell(lab.launcher(), Optional.of(lab.client())));
    }

    /** The README's row. */
    private static String documented(String mode, boolean hairpin) {
        String start = rowStart(mode, hairpin);
        return read(README)
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse("the README has no row \"" + start + "\"");
    }

    private static String rowStart(String mode, boolean hairpin) {
        return "| %s | %s |".formatted(mode, hairpin ? "on" : "off");
    }

    private static String cell(Node from, Optional<? extends Node> to) {
        if (to.isEmpty()) {
            return "–";
        }
        List<Function<Node, InetAddress>> families = List.of(Node::ip, Node::ip6);
        List<Boolean> answered =
                families.stream().map(family -> answers(from, to.get(), family)).toList();
        if (answered.get(0).equals(answered.get(1))) {
            return answered.get(0) ? "yes" : "no";
        }
        return answered.get(0) ? "IPv4 only" : "IPv6 only";
    }

    // Both forget first: a station learns from the questions that others ask it, and one that need not ask itself would
    // be
    // answered although its own questions get lost.
    private static boolean answers(Node from, Node to, Function<Node, InetAddress> family) {
        InetAddress ip = family.apply(to);
        from.flushNeighbours();
        to.flushNeighbours();
        try (Capture atSender = atPortOf(from)) {
            boolean answered = from.ping(ip).answered();
            // A "no" is one only if the question was asked, and if there is somebody who could answer.
            atSender.await("a question of %s for %s".formatted(from, to), asksFor(from.mac(), ip), SOON);
            assertThat(to).reaches(ip);
            return answered;
        }
    }

    private static Capture atPortOf(Node node) {
        String questions = "arp or icmp or icmp6";
        return node instanceof Guest guest
                ? guest.launcher().capture(guest.macvtap().name(), questions)
                : ((ContainerNode) node).capture(node.nic(), questions);
    }

    private static Predicate<Frame> asksFor(MacAddress asker, InetAddress ip) {
        return frame -> frame.source().equals(asker)
                && (frame.arp().filter(arp -> arp.asksFor(ip)).isPresent()
                        || frame.neighbourDiscovery()
                                .filter(found -> found.asksFor(ip))
                                .isPresent());
    }

    /** Puts what was seen into the README. */
    private static void keep(String mode, boolean hairpin, String row) {
        // The classes of the modes run side by side.
        synchronized (README) {
            String start = rowStart(mode, hairpin);
            write(
                    README,
                    read(README)
                            .lines()
                            .map(line -> line.startsWith(start) ? row : line)
                            .collect(Collectors.joining("\n", "", "\n")));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
