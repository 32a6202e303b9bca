package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A writer to a process")
class StreamWriterTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void writes_in_the_order_of_the_calls() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamWriter writer = new StreamWriter("writer", out);

        writer.write(bytes("one ")).join();
        CompletableFuture<Void> two = writer.write(bytes("two "));
        writer.write(bytes("three")).join();

        assertThat(two).isCompleted();
        assertThat(out).hasToString("one two three");
    }

    @Test
    void fails_what_it_has_not_written_when_it_is_closed() throws InterruptedException {
        FullPipe out = new FullPipe();
        StreamWriter writer = new StreamWriter("writer", out);
        CompletableFuture<Void> begun = writer.write(bytes("begun"));
        out.awaitWrite();
        CompletableFuture<Void> waiting = writer.write(bytes("waiting"));

        writer.close();
        CompletableFuture<Void> late = writer.write(bytes("late"));

        assertThat(begun).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(UncheckedIOException.class);
        assertThat(waiting).isCompletedExceptionally();
        assertThat(late).isCompletedExceptionally();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes nothing until its writer is interrupted, as the pipe to a process that is stopped. */
    static final class FullPipe extends OutputStream {

        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public void write(int next) throws IOException {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }

        void awaitWrite() throws InterruptedException {
            assertThat(begun.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
