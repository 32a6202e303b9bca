package io.github.taplab.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationTests {

    private static final SnapshotFiles FILES = new SnapshotFiles("/s");

    private final List<String> done = new ArrayList<>();
    private final Deque<String> states = new ArrayDeque<>(List.of("setup", "active", "completed"));
    private final Migration migration = new Migration("db", this::execute);

    private JsonNode execute(String command, Map<String, ?> arguments) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (command.equals("query-migrate")) {
            String state = states.size() > 1 ? states.pop() : states.element();
            done.add(state);
            answer.put("status", state);
            if (state.equals("failed")) {
                answer.put("error-desc", "no space left");
            }
            return answer;
        }
        done.add(command + arguments.values());
        return answer;
    }

    @Test
    void savesWhileTheMachineStandsStill() {
        migration.save(FILES, () -> done.add("copy"));

        assertThat(done)
                .containsExactly(
                        "migrate-set-capabilities[[%s]]".formatted(capability()),
                        "stop[]",
                        "migrate[file:/s/devices]",
                        "setup",
                        "active",
                        "completed",
                        "copy",
                        "cont[]");
    }

    // The order of a small map is another one in each JVM.
    private static String capability() {
        return Map.of("capability", "x-ignore-shared", "state", true).toString();
    }

    @Test
    void ofAFailedMigrationNothingIsCopiedAndTheMachineGoesOn() {
        states.clear();
        states.add("failed");

        assertThatIllegalStateException()
                .isThrownBy(() -> migration.save(FILES, () -> done.add("copy")))
                .withMessage("the state of db is written to /s/devices: failed, no space left");
        assertThat(done).doesNotContain("copy").endsWith("cont[]");
    }

    @Test
    void isLoadedAndStandsStill() {
        migration.load(FILES);

        assertThat(done)
                .containsExactly(
                        "migrate-set-capabilities[[%s]]".formatted(capability()),
                        "migrate-incoming[file:/s/devices]",
                        "setup",
                        "active",
                        "completed");
    }

    @Test
    void saysWhatCouldNotBeRead() {
        states.clear();
        states.add("failed");

        assertThatIllegalStateException()
                .isThrownBy(() -> migration.load(FILES))
                .withMessage("the state of db is read from /s/devices: failed, no space left");
    }
}
