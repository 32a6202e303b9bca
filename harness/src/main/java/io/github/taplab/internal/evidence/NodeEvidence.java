package io.github.taplab.internal.evidence;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.node.DockerHostHandle;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.node.Screenshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is seen of one node, by a thread of its own. */
final class NodeEvidence {

    private static final int CONSOLE_LINES = 200;

    /** Of a launcher, also where its guest is none yet: what was written to its logs, and what libvirt runs. */
    private static final String LOGS = """
            for file in /var/log/taplab/*.log /var/log/libvirt/qemu/*.log /run/libvirt/qemu/*.xml; do
              [ ! -e "$file" ] || { echo "-- $file" && tail -c 16384 "$file" && echo; }
            done
            """;

    // The small guest has busybox's.
    private static final String SOCKETS = "ss -tuanp 2>/dev/null || netstat -tuan";

    private final Node node;
    private final boolean routed;
    private final List<Section> sections = new ArrayList<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final Thread looking;
    private Optional<Screenshot> screen = Optional.empty();
    private Optional<String> under = Optional.empty();
    private boolean closed;

    private NodeEvidence(Node node, boolean routed) {
        this.node = node;
        this.routed = routed;
        looking = new Thread(this::look, "taplab-evidence: " + node.name());
        looking.setDaemon(true);
    }

    /**
     * Begins to look.
     *
     * @param routed whether the lab has an internet
     */
    static NodeEvidence begin(Node node, boolean routed) {
        NodeEvidence evidence = new NodeEvidence(node, routed);
        evidence.looking.start();
        return evidence;
    }

    /** Waits until all has been seen; what has not by then stays unseen, and is said so. */
    void awaitEnd(Duration deadline) {
        try {
            Waiting.joined("all of %s is seen".formatted(node.name()), deadline, ended);
        } catch (DeadlineExceededException | InterruptedWaitException late) {
            // What it has not seen by now stays unseen.
        }
        close();
        // Not before: what comes of an interrupt is no sight of the node. Who has seen all has ended.
        looking.interrupt();
    }

    private synchronized void close() {
        closed = true;
        under.ifPresent(title -> sections.add(
                new Section(title, "can't be looked at: %s did not answer in time".formatted(node.name()))));
    }

    String name() {
        return node.name();
    }

    synchronized List<Section> sections() {
        return List.copyOf(sections);
    }

    /** A guest's screen, if it has one that was seen. */
    synchronized Optional<Screenshot> screen() {
        return screen;
    }

    private void look() {
        look("links", () -> lines(node.links()));
        look("addresses", () -> lines(node.addresses()));
        look("routes", () -> lines(node.routes()));
        look("neighbours", () -> lines(node.neighbours()));
        if (!(node instanceof DockerHostHandle)) {
            look("links in detail", () -> said("ip", "-d", "link"));
            look("forwarding table", () -> said("bridge", "fdb"));
            look("sockets", () -> said("sh", "-c", SOCKETS));
        }
        if (node instanceof GuestHandle guest) {
            look("console", () -> guest.console().tail(CONSOLE_LINES));
            look("machine", guest::machineDescription);
            if (guest.hasScreen()) {
                look("screen", () -> {
                    keep(guest.screenshot());
                    return "is in a file of its own";
                });
            }
        }
        if (routed && node instanceof Gateway) {
            look("packet filter and NAT", () -> said("nft", "list", "ruleset"));
            look("name server", () -> tail("dnsmasq.log"));
        }
        if (node instanceof Launcher) {
            look("packet filter", () -> said("nft", "list", "ruleset"));
            look("logs and domains", () -> said("sh", "-c", LOGS));
        }
        ended.complete(true);
    }

    private String said(String... command) {
        CommandResult result = node.tryRun(command);
        return result.stdout().isBlank() && !result.succeeded() ? result.describe() : result.stdout();
    }

    private String tail(String log) {
        return node.tryRun("tail", "-n", "100", "/var/log/taplab/" + log).stdout();
    }

    private synchronized void keep(Screenshot seen) {
        screen = closed ? Optional.empty() : Optional.of(seen);
    }

    private void look(String what, Supplier<String> sight) {
        String title = node.name() + ": " + what;
        synchronized (this) {
            if (closed) {
                return;
            }
            under = Optional.of(title);
        }
        String text;
        try {
            text = sight.get();
        } catch (RuntimeException | Error e) {
            text = "can't be looked at: " + e.getMessage();
        }
        synchronized (this) {
            if (!closed) {
                sections.add(new Section(title, text));
                under = Optional.empty();
            }
        }
    }

    private static String lines(List<?> entries) {
        return entries.isEmpty()
                ? "none"
                : entries.stream().map(Object::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
