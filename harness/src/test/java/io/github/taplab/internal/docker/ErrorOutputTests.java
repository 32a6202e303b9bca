package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.wait.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ErrorOutputTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ErrorOutput output = new ErrorOutput();

    private void say(String words) {
        output.add(words.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void wordsMayComeInPieces() {
        CompletableFuture<Boolean> come = CompletableFuture.supplyAsync(() -> output.await("listening on eth0", LONG));

        say("socat: listening ");
        say("on eth0");

        assertThat(Waiting.joined("they come", LONG, come)).isTrue();
    }

    @Test
    void wordsThatCameBeforeTheEndAreThere() {
        say("connected");
        output.end();

        assertThat(output.await("connected", LONG)).isTrue();
        assertThat(output.hasEnded()).isTrue();
    }

    @Test
    void theEndEndsTheWait() {
        CompletableFuture<Boolean> come = CompletableFuture.supplyAsync(() -> output.await("connected", LONG));

        say("no route");
        output.end();

        assertThat(Waiting.joined("it ends", LONG, come)).isFalse();
        assertThat(output.text()).isEqualTo("no route");
    }

    @Test
    void theDeadlineEndsItToo() {
        say("no route");

        assertThat(output.await("connected", Duration.ofMillis(20))).isFalse();
        assertThat(output.hasEnded()).isFalse();
    }

    @Test
    void moreThan64KibIsNoise() {
        say("x".repeat(65_000));
        say("y".repeat(65_000));
        say("z");

        assertThat(output.text()).hasSize(65_536).endsWith("xy" + "y".repeat(535));
    }
}
