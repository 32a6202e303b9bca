package io.github.taplab.internal.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QemuMigrationTests {

    private final List<String> done = new ArrayList<>();
    private final QemuMigration migration = new QemuMigration("db", this::execute);
    private String status = "failed";

    private JsonNode execute(String command, Map<String, ?> arguments) {
        done.add(command + new TreeMap<>(arguments).values());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        return command.equals("query-migrate")
                ? answer.put("status", status).put("error-desc", "no more memory")
                : answer.put("guid", "7f");
    }

    @Test
    void allMemoryIsSentAlsoWhatWasLeftOutOfASnapshot() {
        migration.send("/run/db.migration");

        assertThat(done).hasSize(3).last().isEqualTo("migrate[unix:/run/db.migration]");
        assertThat(done.get(1)).contains("x-ignore-shared", "state=false");
    }

    @Test
    void itIsOverWithTheEventThatSaysSo() {
        migration.send("/run/db.migration");
        migration.isNow("setup");
        migration.isNow("active");
        migration.isNow("completed");

        migration.awaitEnd("db is sent");
        assertThat(done).doesNotContain("query-migrate[]");
    }

    @Test
    void oneThatFailsIsToldWithItsReason() {
        migration.send("/run/db.migration");
        migration.isNow("failed");

        assertThatIllegalStateException()
                .isThrownBy(() -> migration.awaitEnd("db is sent"))
                .withMessage("db is sent: failed, no more memory");
    }

    @Test
    void nobodyWaitsForAQemuThatHasEnded() {
        migration.isOver(new IllegalStateException("QEMU was ended by signal 9"));

        assertThatIllegalStateException()
                .isThrownBy(() -> migration.awaitEnd("db arrives"))
                .withMessage("QEMU was ended by signal 9");
    }

    @Test
    void itGoesOnBeforeItIsAnnounced() {
        migration.goOn();

        assertThat(done).hasSize(2).first().isEqualTo("cont[]");
        assertThat(done.get(1)).startsWith("announce-self");
    }

    @Test
    void whatIsTakenBackRunsOnlyWhenItsMigrationIsOver() {
        migration.takeBack();

        assertThat(done).containsExactly("migrate_cancel[]", "query-migrate[]", "cont[]");
    }

    @Test
    void theOtherSideIsToldItsGeneration() {
        assertThat(migration.generation()).isEqualTo("7f");
    }
}
