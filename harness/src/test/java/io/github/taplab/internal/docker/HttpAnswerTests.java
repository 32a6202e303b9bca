package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTests {

    @Test
    void hasAStatusAndABody() throws Exception {
        assertThat(HttpAnswer.of("HTTP/1.0 409 Conflict\r\nServer: x\r\n\r\n{}\r\n\r\n"))
                .isEqualTo(new HttpAnswer(409, "{}\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.0 200 OK\r\n", "HTTP/1.0 2000 X\r\n\r\n", "SSH-2.0-OpenSSH\r\n\r\n"})
    void whatIsNoHttpIsNoAnswer(String text) {
        assertThatThrownBy(() -> HttpAnswer.of(text))
                .isInstanceOf(IOException.class)
                .hasMessage("no answer in HTTP: " + text);
    }
}
