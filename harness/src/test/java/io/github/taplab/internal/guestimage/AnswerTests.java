package io.github.taplab.internal.guestimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.guestimage.Answer.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTests {

    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @Test
    void theWholeImage() {
        assertThat(Answer.of(200, headers("Content-Length", "1000")))
                .isEqualTo(new Answer(Kind.WHOLE, 200, 0, OptionalLong.of(1000)));
        assertThat(Answer.of(200, headers("Date", "today"))).isEqualTo(new Answer(Kind.WHOLE, 200, 0, UNKNOWN));
    }

    @Test
    void theRest() {
        assertThat(Answer.of(206, headers("Content-Range", "bytes 400-999/1000")))
                .isEqualTo(new Answer(Kind.REST, 206, 400, OptionalLong.of(1000)));
        assertThat(Answer.of(206, headers("Content-Range", "bytes 400-999/*")))
                .isEqualTo(new Answer(Kind.REST, 206, 400, UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"items 400-999/1000", "bytes 400", "bytes 99999999999999999999-99999999999999999999/*", ""})
    void aRestOfUnknownPlaceIsAtNone(String range) {
        assertThat(Answer.of(206, headers("Content-Range", range)).first()).isEqualTo(-1);
    }

    @Test
    void nothingMore() {
        assertThat(Answer.of(416, headers("Content-Range", "bytes */1000")))
                .isEqualTo(new Answer(Kind.NOTHING_MORE, 416, 0, OptionalLong.of(1000)));
        assertThat(Answer.of(416, headers("Date", "today"))).isEqualTo(new Answer(Kind.NOTHING_MORE, 416, 0, UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void later(int status) {
        assertThat(Answer.of(status, headers("Retry-After", "10")).kind()).isEqualTo(Kind.BUSY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | the server answers 403",
                "204 | the server answers 204",
                "404 | the server does not have it (404); publishers remove old releases, another one is given by its URL"
                        + " and checksum",
                "410 | the server does not have it (410); publishers remove old releases, another one is given by its URL"
                        + " and checksum",
                "302 | the server redirects to http://mirror.example/, and from https only https is followed"
            })
    void never(int status, String words) {
        HttpHeaders headers = headers("Location", "http://mirror.example/");
        Answer answer = Answer.of(status, headers);

        assertThat(answer.kind()).isEqualTo(Kind.REFUSAL);
        assertThat(answer.words(headers)).isEqualTo(words);
    }

    @Test
    void noAnswer() {
        assertThat(Answer.words(new HttpConnectTimeoutException("10 s"))).isEqualTo("no connection in time");
        assertThat(Answer.words(new HttpTimeoutException("60 s"))).isEqualTo("no answer in time");
        assertThat(Answer.words(new ConnectException("refused"))).isEqualTo("the connection is refused");
        assertThat(Answer.words(unresolved())).isEqualTo("the host's name is not known");
        assertThat(Answer.words(new SSLHandshakeException("PKIX path building failed")))
                .isEqualTo("no trust in the server (PKIX path building failed)");
        assertThat(Answer.words(new IOException("reset"))).isEqualTo("the connection ended early");
    }

    // As the JDK's client nests it.
    private static IOException unresolved() {
        ConnectException outer = new ConnectException();
        outer.initCause(new ConnectException().initCause(new UnresolvedAddressException()));
        return outer;
    }

    private static HttpHeaders headers(String name, String value) {
        return HttpHeaders.of(Map.of(name, List.of(value)), (header, its) -> true);
    }
}
