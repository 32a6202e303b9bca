package io.github.taplab.assertions;

import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet4Address;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on who answered the question who has an address. */
@API(status = Status.STABLE, since = "0.1.0")
public final class NeighbourAnswersAssert extends AbstractAssert<NeighbourAnswersAssert, NeighbourAnswers> {

    NeighbourAnswersAssert(NeighbourAnswers actual) {
        super(actual, NeighbourAnswersAssert.class);
    }

    /** All of these answered; others may have, too. */
    public NeighbourAnswersAssert isAnsweredBy(MacAddress... macs) {
        if (!actual.macs().containsAll(List.of(macs))) {
            throw failure("answers from " + joined(Set.of(macs)));
        }
        return this;
    }

    /** Exactly these answered. */
    public NeighbourAnswersAssert isAnsweredOnlyBy(MacAddress... macs) {
        if (!actual.macs().equals(new TreeSet<>(List.of(macs)))) {
            throw failure("answers from " + joined(Set.of(macs)) + " and from nobody else");
        }
        return this;
    }

    /** Nobody answered. */
    public NeighbourAnswersAssert isNotAnswered() {
        if (!actual.macs().isEmpty()) {
            throw failure("no answer");
        }
        return this;
    }

    private AssertionError failure(String expected) {
        return failure(Failure.of("%s %s, asked by %s"
                        .formatted(
                                actual.ip() instanceof Inet4Address ? "ARP who-has" : "Neighbour solicitation for",
                                InterfaceIp.text(actual.ip()),
                                actual.asker()))
                .expected(expected)
                .found(actual.macs().isEmpty() ? "nobody answered" : "answers from " + actual.describe())
                .lookAt(actual.output()));
    }

    private AssertionError failure(Failure failure) {
        return failure("%s", failure);
    }

    private static String joined(Set<MacAddress> macs) {
        return String.join(
                " and ", new TreeSet<>(macs).stream().map(MacAddress::toString).toList());
    }
}
