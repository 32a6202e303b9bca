package io.github.taplab.internal.docker;

import static io.github.taplab.internal.docker.ProcessStreams.begun;
import static io.github.taplab.internal.docker.ProcessStreams.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.taplab.command.DeadlineExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamCopyTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ByteStream from = begun();
    private final ByteStream to = begun();
    private final InputStream read = to.requestBody();
    private final StreamCopy copy = StreamCopy.of("the log", from, to);

    @AfterEach
    void close() {
        copy.close();
    }

    @Test
    void itIsOverWhenWhoReadsHasEnded() throws IOException {
        writes(from, "all of it".getBytes(StandardCharsets.US_ASCII));
        from.receiver().onComplete();

        assertThat(read.readAllBytes()).asString().isEqualTo("all of it");
        assertThatThrownBy(() -> copy.await(Duration.ofMillis(100)))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("the log is over: not within 100 ms");
        to.receiver().onComplete();
        assertThat(copy.await(LONG)).isEqualTo(9);
    }

    @Test
    void whatTheTwoComplainOfIsSaid() throws IOException {
        to.receiver().onNext(new Frame(StreamType.STDERR, "no such file\n".getBytes(StandardCharsets.US_ASCII)));
        read.close();
        writes(from, new byte[1]);

        assertThatThrownBy(() -> copy.await(LONG)).hasMessage("the log is broken off (no such file)");
    }
}
