package io.github.taplab.internal.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A point to which a running machine can go back, with its memory, its devices and what is on its disks. QEMU keeps it
 * as an internal snapshot, the memory in an image of its own, of which the guest sees nothing.
 */
public final class Checkpoint {

    /** Virtual size of the image: it holds no disk, only what QEMU keeps beside one. */
    public static final String IMAGE_SIZE = "1M";

    // 0.2 s for a small guest; memory of gigabytes takes as long as a disk needs for it.
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String NAME = "taplab.checkpoint";

    private final String machine;
    private final Migration.Monitor monitor;
    private final List<String> disks;

    private Checkpoint(String machine, Migration.Monitor monitor, List<String> disks) {
        this.machine = machine;
        this.monitor = monitor;
        this.disks = List.copyOf(disks);
    }

    /**
     * Takes the one of a machine, which stands still in the meantime.
     *
     * @param machine its name, for messages
     * @param monitor its QEMU's
     * @param image an empty qcow2 image in the launcher
     */
    public static Checkpoint take(String machine, Migration.Monitor monitor, String image) {
        monitor.execute(
                "blockdev-add",
                Map.of(
                        "driver",
                        "qcow2",
                        "node-name",
                        NAME,
                        "file",
                        Map.of("driver", "file", "filename", image),
                        // It is gone with its lab: no need to wait until it is on the host's disk.
                        "cache",
                        Map.of("no-flush", true)));
        List<String> disks = new ArrayList<>(List.of(NAME));
        disks.addAll(writtenTo(monitor.execute("query-block", Map.of())));
        Checkpoint checkpoint = new Checkpoint(machine, monitor, disks);
        Migration.leaveNothingOut(monitor);
        checkpoint.run("snapshot-save", "the memory of %s is kept in %s".formatted(machine, image));
        return checkpoint;
    }

    // A disk in another format, such as a firmware's variables, keeps no snapshots.
    private static List<String> writtenTo(JsonNode drives) {
        return StreamSupport.stream(drives.spliterator(), false)
                .map(drive -> drive.path("inserted"))
                .filter(image -> image.path("drv").asText().equals("qcow2")
                        && !image.path("ro").asBoolean())
                .map(image -> image.path("node-name").asText())
                .toList();
    }

    /** Puts the machine back there. It runs on at once, with its clock as late as it has gone back. */
    public void goBack() {
        run("snapshot-load", "%s goes back".formatted(machine));
    }

    // libvirt passes on no event of a job that it has not begun, so QEMU is asked.
    private void run(String command, String what) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("job-id", NAME);
        arguments.put("tag", NAME);
        arguments.put("vmstate", NAME);
        arguments.put("devices", disks);
        monitor.execute(command, arguments);
        JsonNode end = Waiting.until(
                what, LONGEST, this::job, job -> job.path("status").asText().equals("concluded"));
        monitor.execute("job-dismiss", Map.of("id", NAME));
        if (end.has("error")) {
            throw new IllegalStateException(
                    "%s: QEMU can't: %s".formatted(what, end.path("error").asText()));
        }
    }

    private JsonNode job() {
        JsonNode jobs = monitor.execute("query-jobs", Map.of());
        return StreamSupport.stream(jobs.spliterator(), false)
                .filter(job -> job.path("id").asText().equals(NAME))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "QEMU of %s has forgotten the job %s, it has %s".formatted(machine, NAME, jobs)));
    }
}
