package io.github.taplab.internal.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * QEMU's migration, into a file and out of it. The guest's memory is not part of it: that is in a file of its own,
 * which all guests of a snapshot share (capability {@code x-ignore-shared}).
 */
public final class Migration {

    // Without memory it is some hundred kilobytes.
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled");
    // As QEMU announces itself where it is not told otherwise: at once, and 50, 150, 250 and 350 ms after that.
    private static final Map<String, Integer> ANNOUNCEMENTS =
            Map.of("initial", 50, "max", 550, "rounds", 5, "step", 100);

    private final String machine;
    private final Monitor monitor;

    /**
     * The migrations of one machine.
     *
     * @param machine its name, for messages
     * @param monitor its QEMU's
     */
    public Migration(String machine, Monitor monitor) {
        this.machine = machine;
        this.monitor = monitor;
    }

    /** QEMU's monitor. */
    @FunctionalInterface
    public interface Monitor {

        /**
         * Executes a command and returns what it returns.
         *
         * @throws IllegalStateException if QEMU refuses
         */
        JsonNode execute(String command, Map<String, ?> arguments);
    }

    /**
     * Makes a snapshot of a running machine, which stands still in the meantime.
     *
     * @param copy copies the memory and what else belongs to a snapshot; the machine stands still
     */
    public void save(SnapshotFiles files, Runnable copy) {
        ignoreShared();
        monitor.execute("stop", Map.of());
        try {
            monitor.execute("migrate", Map.of("uri", "file:" + files.devices()));
            awaitEnd("the state of %s is written to %s".formatted(machine, files.devices()));
            copy.run();
        } finally {
            monitor.execute("cont", Map.of());
        }
    }

    /** Puts a machine where a snapshot was made. It was started to wait for that, and stands still afterwards. */
    public void load(SnapshotFiles files) {
        ignoreShared();
        monitor.execute("migrate-incoming", Map.of("uri", "file:" + files.devices()));
        awaitEnd("the state of %s is read from %s".formatted(machine, files.devices()));
    }

    private void ignoreShared() {
        ignoreShared(monitor, true);
    }

    /** Has QEMU write all memory from now on, where it had been told that some is in a file already. */
    public static void leaveNothingOut(Monitor monitor) {
        ignoreShared(monitor, false);
    }

    /** Has QEMU announce where a machine is now: the switches learn it from any frame of its own. */
    public static void announce(Monitor monitor) {
        monitor.execute("announce-self", ANNOUNCEMENTS);
    }

    private static void ignoreShared(Monitor monitor, boolean ignored) {
        monitor.execute(
                "migrate-set-capabilities",
                Map.of("capabilities", List.of(Map.of("capability", "x-ignore-shared", "state", ignored))));
    }

    // libvirt passes on no event of a migration that it has not begun, so QEMU is asked.
    private void awaitEnd(String what) {
        JsonNode end = Waiting.until(
                what,
                LONGEST,
                () -> monitor.execute("query-migrate", Map.of()),
                seen -> OVER.contains(seen.path("status").asText()));
        if (!end.path("status").asText().equals("completed")) {
            throw new IllegalStateException("%s: %s%s"
                    .formatted(
                            what,
                            end.path("status").asText(),
                            end.has("error-desc")
                                    ? ", " + end.path("error-desc").asText()
                                    : ""));
        }
    }
}
