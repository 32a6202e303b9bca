package io.github.taplab.internal.guestimage;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a server says before the first byte of an image (RFC 9110).
 *
 * @param kind what follows
 * @param status its number
 * @param first where the image is taken up; 0 for a whole one
 * @param total bytes of the whole image, if the server says so
 */
record Answer(Kind kind, int status, long first, OptionalLong total) {

    /** What follows an answer's headers. */
    enum Kind {
        /** The image from its beginning, asked for or not. */
        WHOLE,
        /** The image from some place on. */
        REST,
        /** Nothing: the place that was asked for is at the end or behind it. */
        NOTHING_MORE,
        /** Nothing now, perhaps later. */
        BUSY,
        /** Nothing. */
        REFUSAL
    }

    private static final Pattern REST_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]+/(?:([0-9]{1,18})|\\*)");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern END_RANGE = Pattern.compile("bytes \\*/([0-9]{1,18})");

    static Answer of(int status, HttpHeaders headers) {
        String range = headers.firstValue("Content-Range").orElse("");
        if (status == 200) {
            return new Answer(Kind.WHOLE, status, 0, length(headers));
        } else if (status == 206) {
            Matcher rest = REST_RANGE.matcher(range);
            return rest.matches()
                    ? new Answer(Kind.REST, status, Long.parseLong(rest.group(1)), number(rest.group(2)))
                    : new Answer(Kind.REST, status, -1, OptionalLong.empty());
        } else if (status == 416) {
            Matcher end = END_RANGE.matcher(range);
            return new Answer(
                    Kind.NOTHING_MORE, status, 0, end.matches() ? number(end.group(1)) : OptionalLong.empty());
        } else if (status == 408 || status == 429 || status >= 500) {
            return new Answer(Kind.BUSY, status, 0, OptionalLong.empty());
        }
        return new Answer(Kind.REFUSAL, status, 0, OptionalLong.empty());
    }

    private static OptionalLong length(HttpHeaders headers) {
        return headers.firstValue("Content-Length")
                .filter(value -> LENGTH.matcher(value).matches())
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }

    /** Why there is no image. */
    String words(HttpHeaders headers) {
        if (status == 404 || status == 410) {
            return "the server does not have it (%d); publishers remove old releases, another one is given by its URL and checksum"
                    .formatted(status);
        }
        if (status >= 300 && status < 400) {
            return "the server redirects to %s, and from https only https is followed"
                    .formatted(headers.firstValue("Location").orElse("nowhere"));
        }
        return "the server answers %d".formatted(status);
    }

    /** Why there is no answer. */
    static String words(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        } else if (e instanceof HttpTimeoutException) {
            return "no answer in time";
        } else if (e instanceof ConnectException) {
            return isUnresolved(e) ? "the host's name is not known" : "the connection is refused";
        } else if (e instanceof SSLException) {
            return "no trust in the server (%s)".formatted(e.getMessage());
        }
        return "the connection ended early";
    }

    private static boolean isUnresolved(Throwable e) {
        return e instanceof UnresolvedAddressException || (e.getCause() != null && isUnresolved(e.getCause()));
    }

    private static OptionalLong number(@Nullable String digits) {
        return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }
}
