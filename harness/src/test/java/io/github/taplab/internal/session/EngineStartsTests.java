package io.github.taplab.internal.session;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.FakeEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session makes of the engines that it was told of. */
@Timeout(60)
class EngineStartsTests {

    private final FakeEngine one = engine("one");
    private final FakeEngine other = engine("other");
    private final FakeEngine refusing = new FakeEngine();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private static FakeEngine engine(String name) {
        FakeEngine engine = new FakeEngine();
        engine.on(
                "GET /info",
                answer(
                        200,
                        "{\"ID\":\"%s\",\"DockerRootDir\":\"/var/lib/docker\",\"NCPU\":4,\"MemTotal\":8589934592}"
                                .formatted(name)));
        return engine;
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        refusing.close();
    }

    private List<SessionEngine> starting(FakeEngine... engines) {
        refusing.on("GET /version", answer(500, "{\"message\":\"no\"}"));
        String names = String.join(
                ",", List.of(engines).stream().map(FakeEngine::address).toList());
        Settings settings = Settings.read(
                SettingSource.of(name -> Optional.of(names).filter(value -> name.equals("taplab.engines"))));
        List<SessionEngine> found = EngineStarts.of(
                settings, Owner.thisProcess(), new Progress(new PrintStream(told, true, StandardCharsets.UTF_8)));
        found.forEach(SessionEngine::close);
        return found;
    }

    @Test
    void allInTheirOrderEachWithItsName() {
        assertThat(starting(one, other))
                .extracting(SessionEngine::where)
                .containsExactly(" on the engine at " + one.address(), " on the engine at " + other.address());
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void oneAloneIsNotNamed() {
        assertThat(starting(one)).extracting(SessionEngine::where).containsExactly("");
    }

    @Test
    void oneThatCanNotBeUsedIsToldAndTheOthersAreUsed() {
        assertThat(starting(refusing, other)).hasSize(1);
        assertThat(told.toString(StandardCharsets.UTF_8))
                .startsWith("taplab: no lab is placed there: ")
                .contains("Status 500")
                .hasLineCount(1);
    }

    @Test
    void whereNoneCanBeUsedAllReasonsAreTold() {
        assertThatThrownBy(() -> starting(refusing, ofAnotherArchitecture()))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessageStartingWith("none of the engines of taplab.engines can be used: ")
                .hasMessageContaining("Status 500")
                .hasMessageContaining("for linux/riscv64, and labs need one for linux/amd64 or linux/arm64");
    }

    private FakeEngine ofAnotherArchitecture() {
        other.on(
                "GET /version",
                answer(200, "{\"Version\":\"27.0.1\",\"ApiVersion\":\"1.46\",\"Os\":\"linux\",\"Arch\":\"riscv64\"}"));
        return other;
    }

    @Test
    void theSameByTwoNamesIsRefused() {
        FakeEngine again = engine("one");
        try (again) {
            assertThatThrownBy(() -> starting(one, again))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "taplab.engines is a list in which each engine stands once, and %s and %s lead to the same"
                                    .formatted(one.address(), again.address()));
        }
    }
}
