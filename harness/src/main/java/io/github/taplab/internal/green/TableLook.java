package io.github.taplab.internal.green;

import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A look at the tables of several nodes, side by side. Who does not answer is left out, and never a failure. */
public final class TableLook {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Map<String, Beside<List<String>>> looks = new LinkedHashMap<>();

    private TableLook() {}

    /** Begins to look. */
    public static TableLook begin(List<Node> nodes) {
        TableLook begun = new TableLook();
        for (Node node : nodes) {
            begun.looks.put(
                    node.name(),
                    Beside.begin(
                            "taplab-tables: " + node.name(),
                            () -> TableText.lines(node.tryRun(LONGEST, "/bin/sh", "-c", TableText.LOOK)
                                    .stdout())));
        }
        return begun;
    }

    /**
     * What has been seen of each node, by its name.
     *
     * @param deadline after which nobody waits for the others
     */
    public Map<String, List<String>> seenWithin(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        Map<String, List<String>> seen = new TreeMap<>();
        looks.forEach((node, look) -> {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            try (look) {
                seen.put(node, Waiting.joined("the tables of %s are seen".formatted(node), left, look.result()));
            } catch (RuntimeException unseen) {
                // Said where it is compared.
            }
        });
        return seen;
    }
}
