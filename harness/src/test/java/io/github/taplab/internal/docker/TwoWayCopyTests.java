package io.github.taplab.internal.docker;

import static io.github.taplab.internal.docker.ProcessStreams.begun;
import static io.github.taplab.internal.docker.ProcessStreams.writes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TwoWayCopyTests {

    private final ByteStream begins = begun();
    private final ByteStream answers = begun();
    private final InputStream told = begins.requestBody();
    private final InputStream heard = answers.requestBody();
    private final AtomicInteger started = new AtomicInteger();
    private final TwoWayCopy copy = TwoWayCopy.of("the way of db", begins, () -> {
        started.incrementAndGet();
        return answers;
    });

    @AfterEach
    void close() {
        copy.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void whoAnswersIsStartedWithTheFirstWords() throws IOException {
        assertThat(started).hasValue(0);

        writes(begins, ascii("hello"));

        assertThat(heard.readNBytes(5)).asString().isEqualTo("hello");
        assertThat(started).hasValue(1);
    }

    @Test
    void whereNobodyComesNobodyIsStarted() throws IOException {
        copy.close();

        assertThat(told.read()).isNegative();
        assertThat(started).hasValue(0);
    }

    @Test
    void whoBeginsIsToldOfEachPieceThatWasTaken() throws IOException {
        writes(begins, new byte[TwoWayCopy.PIECE / 2]);
        heard.readNBytes(TwoWayCopy.PIECE / 2);
        assertThat(told.available()).isZero();

        writes(begins, new byte[TwoWayCopy.PIECE]);
        heard.readNBytes(TwoWayCopy.PIECE);

        assertThat(told.readNBytes(1)).containsExactly(0);
    }

    @Test
    void eachAnswerHasItsLengthBeforeIt() throws IOException {
        writes(begins, ascii("?"));
        heard.readNBytes(1);

        writes(answers, ascii("yes"));
        assertThat(told.readNBytes(4)).asString().isEqualTo("\3yes");

        writes(answers, new byte[300]);
        assertThat(told.readNBytes(1)).containsExactly(255);
        assertThat(told.readNBytes(255)).containsOnly(0);
        assertThat(told.readNBytes(1)).containsExactly(45);
    }

    @Test
    void eachEndsWithTheOther() throws IOException {
        writes(begins, ascii("?"));
        heard.readNBytes(1);

        answers.receiver().onComplete();
        assertThat(told.read()).isNegative();

        begins.receiver().onComplete();
        assertThat(heard.read()).isNegative();
    }

    /** It writes its last bytes and ends, and they are still on their way. */
    @Test
    void whatIsOnItsWayComesThoughNobodyCanBeTold() throws IOException {
        told.close();
        writes(begins, new byte[TwoWayCopy.PIECE]);
        writes(begins, new byte[TwoWayCopy.PIECE]);
        begins.receiver().onComplete();

        assertThat(heard.readAllBytes()).hasSize(2 * TwoWayCopy.PIECE);
    }
}
