package io.github.taplab.internal.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@SuppressWarnings("NullAway.Init") // Each test opens it.
class QmpChannelTests {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeProcess qemu = new FakeProcess();
    private final CompletableFuture<QemuEnd> end = new CompletableFuture<>();
    private QmpChannel channel;

    @AfterEach
    void end() {
        channel.close();
        qemu.close();
    }

    private void open(Duration longest) {
        channel = new QmpChannel(qemu.link(), event -> {}, end::complete, longest);
    }

    private void execute(String argument) {
        channel.execute("set_link", Map.of("name", argument), () -> "its QEMU is stopped (T), process 12");
    }

    @Test
    void aQemuThatDoesNotAnswerIsNotWaitedForWithoutEnd() {
        open(SHORT);

        assertThatIllegalStateException()
                .isThrownBy(() -> execute("nic0"))
                .withMessage("QEMU does not answer within 2 s; asked for: an answer to set_link; its QEMU is stopped"
                        + " (T), process 12");
    }

    /** A stopped QEMU reads nothing, and a pipe has an end. */
    @Test
    void norOneThatDoesNotEvenTakeTheQuestion() {
        open(SHORT);

        assertThatIllegalStateException()
                .isThrownBy(() -> execute("A".repeat(1 << 20)))
                .withMessageStartingWith("QEMU does not answer within 2 s");
    }

    @Test
    void anInterruptEndsAQuestionAndLeavesTheMonitorAsItIs() {
        open(LONG);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> execute("nic0"))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("QEMU is asked for an answer to set_link: interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(qemu.hears()).contains("nic0");

        CompletableFuture<Void> next = CompletableFuture.runAsync(() -> execute("nic1"));
        assertThat(qemu.hears()).contains("nic1");
        qemu.says("{\"return\": {}, \"id\": 1}\n{\"return\": {}, \"id\": 2}\n");

        Waiting.joined("the next question is answered", Duration.ofSeconds(10), next);
    }

    @Test
    void theSignalThatEndedItIsSaidToWhoAskedAndToWhoAsksLater() {
        open(LONG);
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                .execute(() -> qemu.ends("Killed\ntaplab: ended with 137\n"));
        for (int again = 0; again < 2; again++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> execute("nic0"))
                    .withMessage("QEMU was ended by signal 9. It said nothing");
        }
        assertThat(end).isCompleted();
    }
}
