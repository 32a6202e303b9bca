package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NodeStartsTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final NodeStarts starts = new NodeStarts(new LabName("SomeTests"));

    @Test
    void whatWaitsIsInterruptedAndNothingBeginsAnyMore() throws Exception {
        CompletableFuture<String> event = new CompletableFuture<>();
        CompletableFuture<String> node = starts.begin(() -> Waiting.joined("it boots", LONG, event));

        starts.interrupt();
        starts.awaitEnd();

        assertThatThrownBy(() -> Waiting.joined("it starts", LONG, node))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("it boots: interrupted while waiting for it");
        assertThatThrownBy(() -> Waiting.joined("it starts", LONG, starts.begin(() -> "late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The lab of SomeTests is closed");
    }

    @Test
    void theEngineIsNotInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<String> node = starts.begin(() -> starts.undisturbed("container a starts", LONG, () -> {
            asked.countDown();
            try {
                interrupted.complete(!answers.await(LONG.toSeconds(), TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            return "a";
        }));
        asked.await();

        starts.interrupt();

        assertThatThrownBy(() -> Waiting.joined("it starts", LONG, node))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("container a starts: interrupted while waiting for it");
        answers.countDown();
        starts.awaitEnd();
        assertThat(Waiting.joined("the engine has answered", LONG, interrupted)).isFalse();
    }
}
