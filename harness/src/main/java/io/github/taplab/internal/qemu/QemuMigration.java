package io.github.taplab.internal.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.internal.machine.Migration;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One end of a live migration: a machine that runs on while its QEMU sends it to another one's socket, or the QEMU that
 * waits for it there.
 */
public final class QemuMigration {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String COMPLETED = "completed";
    private static final Set<String> OVER = Set.of(COMPLETED, "failed", "cancelled");

    private final String machine;
    private final Migration.Monitor monitor;
    private volatile CompletableFuture<String> over = new CompletableFuture<>();

    /** The migration of a machine, which need never take place. */
    QemuMigration(String machine, Migration.Monitor monitor) {
        this.machine = machine;
        this.monitor = monitor;
    }

    /** QEMU's event: how far it is. */
    void isNow(String status) {
        if (OVER.contains(status)) {
            over.complete(status);
        }
    }

    /** Its QEMU has ended. */
    void isOver(RuntimeException why) {
        over.completeExceptionally(why);
    }

    /** The id by which the machine sees whether it goes on from a snapshot. */
    public String generation() {
        return monitor.execute("query-vm-generation-id", Map.of()).path("guid").asText();
    }

    /** Has the QEMU wait for the machine. */
    public void listen(String socket) {
        tellEvents();
        monitor.execute("migrate-incoming", Map.of("uri", "unix:" + socket));
    }

    /** Begins to send the machine, all of it, which runs on until the rest is short. */
    public void send(String socket) {
        over = new CompletableFuture<>();
        tellEvents();
        Migration.leaveNothingOut(monitor);
        monitor.execute("migrate", Map.of("uri", "unix:" + socket));
    }

    private void tellEvents() {
        monitor.execute(
                "migrate-set-capabilities",
                Map.of("capabilities", List.of(Map.of("capability", "events", "state", true))));
    }

    /**
     * Waits until this end has done its part.
     *
     * @param what that is, for the message: "guest is sent to b"
     * @throws IllegalStateException if it has failed, with QEMU's reason
     */
    public void awaitEnd(String what) {
        String end = Waiting.joined(what, LONGEST, over);
        if (!end.equals(COMPLETED)) {
            JsonNode seen = monitor.execute("query-migrate", Map.of());
            throw new IllegalStateException(
                    "%s: %s, %s".formatted(what, end, seen.path("error-desc").asText("QEMU does not say why")));
        }
    }

    /** Has the machine go on here, and QEMU announce where it is now. */
    public void goOn() {
        monitor.execute("cont", Map.of());
        Migration.announce(monitor);
    }

    /** Has the machine go on where it was, whatever has become of its way. */
    public void takeBack() {
        monitor.execute("migrate_cancel", Map.of());
        Waiting.until(
                "the migration of %s is over".formatted(machine),
                LONGEST,
                () -> monitor.execute("query-migrate", Map.of()).path("status").asText(),
                status -> status.isEmpty() || OVER.contains(status));
        monitor.execute("cont", Map.of());
    }
}
