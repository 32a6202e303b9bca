package io.github.taplab.internal.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever comes instead of an answer of QEMU's or of the agent's: it is taken for one or refused at once, and the next
 * question gets its own answer.
 */
class QemuTextPropertiesTests {

    private static final String STATE = "its QEMU runs";
    private static final int SECONDS = 20;

    @Property
    void ofTheMonitor(@ForAll("monitors") String said) {
        try (FakeProcess qemu = new FakeProcess();
                QmpChannel channel = new QmpChannel(qemu.link(), event -> {}, end -> {}, Duration.ofSeconds(SECONDS))) {
            answers(qemu, said + "\n{\"return\": \"first\", \"id\": 1}\n", "{\"return\": \"second\", \"id\": 2}\n");

            isAnsweredOrRefused(() -> channel.execute("query-status", Map.of(), () -> STATE));

            assertThat(channel.execute("query-status", Map.of(), () -> STATE).asText())
                    .isEqualTo("second");
        }
    }

    @Property
    void ofTheAgent(@ForAll("agents") String leftOver, @ForAll("agents") String said) {
        try (AgentSocket agent = new AgentSocket("guest", () -> agentThatSays(leftOver, said), () -> STATE)) {
            isAnsweredOrRefused(() -> agent.ask("{\"execute\":\"guest-info\"}", SECONDS));

            assertThat(agent.ask("{\"execute\":\"guest-ping\"}", SECONDS)).isEqualTo("{\"return\": \"pong\"}");
        }
    }

    private static void isAnsweredOrRefused(Supplier<?> question) {
        Throwable thrown = catchThrowable(question::get);
        if (thrown != null) {
            assertThat(thrown)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageNotContaining("%d s".formatted(SECONDS));
        }
    }

    private static void answers(FakeProcess qemu, String... answers) {
        inBackground(() -> {
            for (String answer : answers) {
                if (qemu.hears() != null) {
                    qemu.says(answer);
                }
            }
        });
    }

    private static Link agentThatSays(String leftOver, String said) {
        FakeProcess agent = new FakeProcess();
        inBackground(() -> {
            agent.says(leftOver + "\n");
            for (String line = agent.hears(); line != null; line = agent.hears()) {
                if (line.contains("guest-sync-delimited")) {
                    agent.says("\u00ff{\"return\": %s}\n".formatted(line.replaceAll("\\D", "")));
                } else if (line.contains("guest-ping")) {
                    agent.says("{\"return\": \"pong\"}\n");
                } else {
                    // An empty line is no answer.
                    agent.says((said.isBlank() ? "{\"return\": {}}" : said) + "\n");
                }
            }
        });
        return agent.link();
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (UncheckedIOException closed) {
                        // Nobody listens any more.
                    }
                },
                "answers");
        thread.setDaemon(true);
        thread.start();
    }

    @Provide
    Arbitrary<String> monitors() {
        return lines(
                Garbage.json("QMP", "event", "id", "return", "error", "desc", "data"),
                "{\"return\": {\"status\": \"running\"}, \"id\": 1}",
                "{\"id\": 1, \"error\": {\"class\": \"GenericError\", \"desc\": \"Device 'nic0' not found\"}}",
                "{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error, invalid keyword 'x'\"}}",
                "{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"RESET\", \"data\": {\"guest\": true}}");
    }

    @Provide
    Arbitrary<String> agents() {
        return lines(
                Garbage.json("return", "error", "desc", "pid"),
                "{\"return\": {\"pid\": 1}}",
                "\u00ff{\"return\": 1}",
                "{\"error\": {\"class\": \"GenericError\", \"desc\": \"Guest agent command failed\"}}");
    }

    private static Arbitrary<String> lines(Arbitrary<String> json, String... originals) {
        return Arbitraries.oneOf(Garbage.text(), json, Garbage.mutated(originals))
                .map(text -> text.replace('\n', ' ').replace('\r', ' '));
    }
}
