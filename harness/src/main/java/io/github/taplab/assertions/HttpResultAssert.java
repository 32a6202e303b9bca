package io.github.taplab.assertions;

import io.github.taplab.node.HttpResult;
import io.github.taplab.node.HttpResult.Outcome;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** Assertions on how an attempt to get a page by HTTP ended. */
@API(status = Status.STABLE, since = "0.1.0")
public class HttpResultAssert extends LabAssert<HttpResultAssert, HttpResult> {

    private static final int OK = 200;
    private static final int SHOWN = 200;
    private static final Set<Outcome> SENT_IN_VAIN =
            EnumSet.of(Outcome.REFUSED, Outcome.RESET, Outcome.BROKEN_OFF, Outcome.TIMED_OUT);

    /** For AssertJ's own tools, which make assertions by their constructor; tests call {@link LabAssertions}. */
    public HttpResultAssert(@Nullable HttpResult actual) {
        super(actual, HttpResultAssert.class, "the result of an HTTP request");
    }

    /** The page came, with status 200. */
    public HttpResultAssert isAnswered() {
        return hasStatus(OK);
    }

    /** A whole answer with this status came. */
    public HttpResultAssert hasStatus(int expected) {
        return check(
                result ->
                        result.outcome() == Outcome.ANSWERED && result.status().equals(OptionalInt.of(expected)),
                "answered with status " + expected);
    }

    /** A whole answer came, and its status is another one. */
    public HttpResultAssert hasOtherStatusThan(int unwanted) {
        return check(
                result ->
                        result.outcome() == Outcome.ANSWERED && !result.status().equals(OptionalInt.of(unwanted)),
                "answered with another status than " + unwanted);
    }

    /**
     * Something was sent to the server's address and no whole answer came: the connection was refused, reset or broken
     * off, or timed out. A name that nobody knew, and an address to which there was no way, say nothing of the server:
     * expect them with {@link #hadUnknownName}, {@link #hadNoRoute} and {@link #wasProhibited}.
     */
    public HttpResultAssert isNotAnswered() {
        return check(result -> SENT_IN_VAIN.contains(result.outcome()), "no whole answer to what was sent");
    }

    /** One line of the body is this text. */
    public HttpResultAssert says(String line) {
        return check(
                result -> result.body().lines().anyMatch(line::equals), "a body with the line \"%s\"".formatted(line));
    }

    /** A whole answer came that has a body, of which no line is this text. */
    public HttpResultAssert doesNotSay(String line) {
        return check(
                result -> result.outcome() == Outcome.ANSWERED
                        && !result.body().isEmpty()
                        && result.body().lines().noneMatch(line::equals),
                "an answer with a body, and without the line \"%s\"".formatted(line));
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
        return check(result -> result.outcome() == expected, expected.words());
    }

    private HttpResultAssert check(Predicate<HttpResult> holds, String expected) {
        return check(holds, expected, HttpResultAssert::found);
    }

    @Override
    String subject() {
        return "HTTP from %s to %s".formatted(actual.from(), actual.url());
    }

    @Override
    String lookAt() {
        String body = actual.body();
        return body.isEmpty() ? "" : "body of %d characters: %s".formatted(body.length(), beginning(body));
    }

    private static String found(HttpResult result) {
        String status = result.status().isEmpty()
                ? ""
                : " %s status %d"
                        .formatted(
                                result.outcome() == Outcome.ANSWERED ? "with" : "in an answer with",
                                result.status().getAsInt());
        String detail = result.detail().isEmpty() ? "" : ": " + result.detail();
        return "%s%s after %d ms%s"
                .formatted(result.outcome().words(), status, result.took().toMillis(), detail);
    }

    private static String beginning(String body) {
        return body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "…";
    }
}
