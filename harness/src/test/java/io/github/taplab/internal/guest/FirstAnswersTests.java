package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.docker.CommandStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FirstAnswersTests {

    private static InputStream endless(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new InputStream() {
            private int next;

            @Override
            public int read() {
                return bytes[next++ % bytes.length];
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    buffer[offset + i] = (byte) read();
                }
                return length;
            }
        };
    }

    /** Each such line is a reason to ask for the session once more. */
    @Test
    void aGuestThatStartsWithoutEndBeginsNoSession() throws IOException {
        try (FirstAnswers answers = new FirstAnswers(endless("taplab: ready\n"));
                CommandStream commands = new CommandStream("The port", answers, OutputStream.nullOutputStream())) {
            assertThatThrownBy(commands::beginSession)
                    .hasMessage("The port ended before it took commands")
                    .cause()
                    .hasMessage("it sent more than 1024 KiB and began no session");
        }
    }

    @Test
    void whatComesInASessionIsNotCounted() throws IOException {
        try (FirstAnswers answers = new FirstAnswers(endless("1 out 3\nabc"))) {
            answers.begun();

            assertThat(answers.readNBytes(4 << 20)).hasSize(4 << 20);
        }
    }
}
