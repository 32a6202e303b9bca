package io.github.taplab.assertions;

import io.github.taplab.node.HttpResult;
import io.github.taplab.node.HttpResult.Outcome;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on how an attempt to get a page by HTTP ended. */
@API(status = Status.STABLE, since = "0.1.0")
public final class HttpResultAssert extends AbstractAssert<HttpResultAssert, HttpResult> {

    private static final int OK = 200;
    private static final int SHOWN = 200;

    HttpResultAssert(HttpResult actual) {
        super(actual, HttpResultAssert.class);
    }

    /** The page came, with status 200. */
    public HttpResultAssert isAnswered() {
        return hasStatus(OK);
    }

    /** A whole answer with this status came. */
    public HttpResultAssert hasStatus(int expected) {
        return check(
                actual.outcome() == Outcome.ANSWERED && actual.status().equals(OptionalInt.of(expected)),
                "answered with status " + expected);
    }

    /** One line of the body is this text. */
    public HttpResultAssert says(String line) {
        return check(actual.body().lines().anyMatch(line::equals), "a body with the line \"%s\"".formatted(line));
    }

    /** No name server answered, or none knew the name. */
    public HttpResultAssert hadUnknownName() {
        return has(Outcome.NAME_NOT_RESOLVED);
    }

    /** A machine has the address, but nothing listens there. */
    public HttpResultAssert isRefused() {
        return has(Outcome.REFUSED);
    }

    /** A connection that was there was reset. */
    public HttpResultAssert wasReset() {
        return has(Outcome.RESET);
    }

    /** The other end closed the connection before the answer was at its end. */
    public HttpResultAssert wasBrokenOff() {
        return has(Outcome.BROKEN_OFF);
    }

    /** The origin's routing table forbade the connection. */
    public HttpResultAssert wasProhibited() {
        return has(Outcome.PROHIBITED);
    }

    /** Nothing came, or nothing more. */
    public HttpResultAssert timedOut() {
        return has(Outcome.TIMED_OUT);
    }

    /** The origin knew no way, or nobody answered ARP. */
    public HttpResultAssert hadNoRoute() {
        return has(Outcome.NO_ROUTE);
    }

    private HttpResultAssert has(Outcome expected) {
        return check(actual.outcome() == expected, expected.words());
    }

    private HttpResultAssert check(boolean holds, String expected) {
        if (!holds) {
            Failure failure = Failure.of("HTTP from %s to %s".formatted(actual.from(), actual.url()))
                    .expected(expected)
                    .found(found());
            String body = actual.body();
            throw failure(
                    "%s",
                    body.isEmpty()
                            ? failure
                            : failure.lookAt("body of %d characters: %s".formatted(body.length(), beginning(body))));
        }
        return this;
    }

    private String found() {
        String status = actual.status().isEmpty()
                ? ""
                : " %s status %d"
                        .formatted(
                                actual.outcome() == Outcome.ANSWERED ? "with" : "in an answer with",
                                actual.status().getAsInt());
        String detail = actual.detail().isEmpty() ? "" : ": " + actual.detail();
        return "%s%s after %d ms%s"
                .formatted(actual.outcome().words(), status, actual.took().toMillis(), detail);
    }

    private static String beginning(String body) {
        return body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "…";
    }
}
