package io.github.taplab.assertions;

import io.github.taplab.node.PingResult;
import io.github.taplab.spec.Cidr;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what came back of a ping. */
public final class PingResultAssert extends AbstractAssert<PingResultAssert, PingResult> {

    PingResultAssert(PingResult actual) {
        super(actual, PingResultAssert.class);
    }

    /** At least one reply came. */
    public PingResultAssert isAnswered() {
        if (!actual.answered()) {
            throw failure("at least one reply");
        }
        return this;
    }

    /** No reply came. */
    public PingResultAssert isNotAnswered() {
        if (actual.answered()) {
            throw failure("no reply");
        }
        return this;
    }

    private AssertionError failure(String expected) {
        return failure(
                "%s",
                Failure.of("Ping from %s to %s".formatted(actual.from(), Cidr.text(actual.to())))
                        .expected(expected)
                        .found("%d replies to %d requests".formatted(actual.received(), actual.sent()))
                        .lookAt(actual.output()));
    }
}
