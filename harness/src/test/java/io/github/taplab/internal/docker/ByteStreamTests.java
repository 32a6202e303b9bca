package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.taplab.command.InterruptedWaitException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ByteStreamTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ByteStream stream = new ByteStream();
    private final AtomicBoolean closed = new AtomicBoolean();

    @AfterEach
    void close() {
        stream.close();
    }

    private void begin() {
        stream.receiver().onStart(() -> closed.set(true));
    }

    @Test
    void wordsThatHaveComeAreThere() {
        begin();
        stream.receiver().onNext(new Frame(StreamType.STDERR, "listening on eth0".getBytes(StandardCharsets.UTF_8)));

        assertThat(stream.awaitStderr("listening", LONG)).isTrue();
    }

    @Test
    void wordsOfAProcessThatHasEndedDoNotCome() {
        begin();
        stream.receiver().onComplete();

        assertThat(stream.awaitStderr("listening", LONG)).isFalse();
        assertThat(stream.hasEnded()).isTrue();
    }

    /** "Not connected" would be a verdict on the network. */
    @Test
    void anInterruptDoesNotSayThatTheWordsDidNotCome() {
        begin();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> stream.awaitStderr("connected", LONG))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("the words \"connected\" of a process: interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptedThreadClosesAllOfIt() {
        begin();
        Thread.currentThread().interrupt();

        stream.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).isTrue();
    }

    @Test
    void oneThatBeginsWhenItIsClosedAlreadyIsClosed() {
        stream.close();

        begin();

        assertThat(closed).isTrue();
    }
}
