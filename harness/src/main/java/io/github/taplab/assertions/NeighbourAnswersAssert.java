package io.github.taplab.assertions;

import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet4Address;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** Assertions on who answered the question who has an address. */
@API(status = Status.STABLE, since = "0.1.0")
public class NeighbourAnswersAssert extends LabAssert<NeighbourAnswersAssert, NeighbourAnswers> {

    /** For AssertJ's own tools, which make assertions by their constructor; tests call {@link LabAssertions}. */
    public NeighbourAnswersAssert(@Nullable NeighbourAnswers actual) {
        super(actual, NeighbourAnswersAssert.class, "who answered");
    }

    /** At least one station answered. */
    public NeighbourAnswersAssert isAnswered() {
        return check(answers -> !answers.macs().isEmpty(), "at least one answer");
    }

    /** All of these answered; others may have, too. */
    public NeighbourAnswersAssert isAnsweredBy(MacAddress... macs) {
        Set<MacAddress> expected = atLeastOne(macs);
        return check(answers -> answers.macs().containsAll(expected), "answers from " + joined(expected));
    }

    /** Exactly these answered. */
    public NeighbourAnswersAssert isAnsweredOnlyBy(MacAddress... macs) {
        Set<MacAddress> expected = atLeastOne(macs);
        return check(
                answers -> answers.macs().equals(expected),
                "answers from " + joined(expected) + " and from nobody else");
    }

    /** None of these answered; others may have. */
    public NeighbourAnswersAssert isNotAnsweredBy(MacAddress... macs) {
        Set<MacAddress> unwanted = atLeastOne(macs);
        return check(
                answers -> Collections.disjoint(answers.macs(), unwanted),
                "no answer from " + String.join(" or ", texts(unwanted)));
    }

    /** Nobody answered. */
    public NeighbourAnswersAssert isNotAnswered() {
        return check(answers -> answers.macs().isEmpty(), "no answer");
    }

    // Of none of them everything is true.
    private static Set<MacAddress> atLeastOne(MacAddress... macs) {
        if (macs.length == 0) {
            throw new IllegalArgumentException("Whose answers? At least one MAC address must be given, found none");
        }
        return new TreeSet<>(List.of(macs));
    }

    private NeighbourAnswersAssert check(Predicate<NeighbourAnswers> holds, String expected) {
        return check(
                holds,
                expected,
                answers -> answers.macs().isEmpty() ? "nobody answered" : "answers from " + answers.describe());
    }

    @Override
    String subject() {
        return "%s %s, asked by %s"
                .formatted(
                        actual.ip() instanceof Inet4Address ? "ARP who-has" : "Neighbour solicitation for",
                        InterfaceIp.text(actual.ip()),
                        actual.asker());
    }

    @Override
    String lookAt() {
        return actual.output();
    }

    private static String joined(Set<MacAddress> macs) {
        return String.join(" and ", texts(macs));
    }

    private static List<String> texts(Set<MacAddress> macs) {
        return macs.stream().map(MacAddress::toString).toList();
    }
}
