package io.github.taplab.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointTests {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final List<String> done = new ArrayList<>();
    private final Deque<String> jobs = new ArrayDeque<>();
    private String drives = "[]";

    private JsonNode execute(String command, Map<String, ?> arguments) {
        return switch (command) {
            case "query-block" -> json(drives);
            case "query-jobs" ->
                json(jobs.isEmpty() ? "[{\"id\":\"taplab.checkpoint\",\"status\":\"concluded\"}]" : jobs.pop());
            default -> {
                done.add(command + (arguments.containsKey("devices") ? arguments.get("devices") : ""));
                yield json("{}");
            }
        };
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Checkpoint take() {
        return Checkpoint.take("guest", this::execute, "/c.qcow2");
    }

    /** What a guest of a snapshot's memory has in a file would be left out otherwise, and would not go back. */
    @Test
    void allMemoryIsWrittenBeforeItIsKept() {
        take();

        assertThat(done)
                .containsExactly(
                        "blockdev-add", "migrate-set-capabilities", "snapshot-save[taplab.checkpoint]", "job-dismiss");
    }

    @Test
    void disksThatAreWrittenToGoBackToo() {
        drives = """
                [{"inserted": {"drv": "qcow2", "ro": false, "node-name": "overlay"}},
                 {"inserted": {"drv": "raw", "ro": true, "node-name": "seed"}},
                 {"inserted": {"drv": "raw", "ro": false, "node-name": "variables"}},
                 {"device": "empty"}]
                """;
        Checkpoint checkpoint = take();
        checkpoint.goBack();

        assertThat(done)
                .contains("snapshot-save[taplab.checkpoint, overlay]", "snapshot-load[taplab.checkpoint, overlay]");
    }

    @Test
    void waitsForTheEndOfTheJob() {
        jobs.add("[{\"id\":\"taplab.checkpoint\",\"status\":\"running\"}]");
        take();

        assertThat(jobs).isEmpty();
    }

    @Test
    void saysWhyItCanNot() {
        Checkpoint checkpoint = take();
        jobs.add("[{\"id\":\"taplab.checkpoint\",\"status\":\"concluded\",\"error\":\"no such snapshot\"}]");

        assertThatIllegalStateException()
                .isThrownBy(checkpoint::goBack)
                .withMessage("guest goes back: QEMU can't: no such snapshot");
        assertThat(done).endsWith("job-dismiss");
    }

    @Test
    void aJobThatIsNotThereIsAnError() {
        jobs.add("[]");

        assertThatIllegalStateException()
                .isThrownBy(this::take)
                .withMessage("QEMU of guest has forgotten the job taplab.checkpoint, it has []");
    }
}
