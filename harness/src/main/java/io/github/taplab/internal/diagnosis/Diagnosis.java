package io.github.taplab.internal.diagnosis;

import io.github.taplab.internal.text.Visible;
import io.github.taplab.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What in a lab may be the cause of an assertion's failure: only what the tables of its nodes show, each in a sentence
 * with what was seen.
 */
public final class Diagnosis {

    private static final Logger LOG = LoggerFactory.getLogger(Diagnosis.class);
    // On a busy machine an emulated guest has been seen to take more than five.
    private static final Duration TABLES = Duration.ofSeconds(10);
    private static final Duration SERVERS = Duration.ofSeconds(10);

    /** The most telling first. */
    static final List<Rule> RULES = List.of(
            new TwoOwners(),
            new OtherMac(),
            new StaleNeighbour(),
            new FailedDuplicateDetection(),
            new NoCarrier(),
            new UnjoinedGroup(),
            new OtherMtu(),
            new ParentAndGuest(),
            new NoAddress(),
            new NoDefaultRoute(),
            new SilentNameServer(),
            new MethodTurnedDown());

    private Diagnosis() {}

    /** The causes, the most telling first; none, where all goes together. */
    public static List<String> causes(List<Node> running, String failure) {
        LabTables lab = LabTables.of(running, failure, TABLES, SERVERS);
        return RULES.stream().flatMap(rule -> rule.causes(lab, failure)).toList();
    }

    // No verdict depends on it.
    private static List<String> causesOrNone(List<Node> running, String failure) {
        try {
            return causes(running, failure);
        } catch (RuntimeException e) {
            LOG.info("No cause was looked for: {}", e.getMessage(), e);
            return List.of();
        }
    }

    /**
     * The same failure with the causes at the end of its message.
     *
     * @return the failure itself where there is none, or where it is of a kind of its own
     */
    public static AssertionError explained(AssertionError failure, List<Node> running) {
        boolean isPlain =
                failure.getClass() == AssertionError.class || failure.getClass() == AssertionFailedError.class;
        String message = String.valueOf(failure.getMessage());
        List<String> causes = isPlain ? causesOrNone(running, message) : List.of();
        if (causes.isEmpty()) {
            return failure;
        }
        // Names of links and servers are a guest's own words.
        String explained = message
                + causes.stream()
                        .map(cause -> "%n  cause:    %s".formatted(Visible.of(cause)))
                        .collect(Collectors.joining());
        AssertionError instead = failure instanceof AssertionFailedError compared && compared.isExpectedDefined()
                ? new AssertionFailedError(explained, compared.getExpected(), compared.getActual(), failure.getCause())
                : new AssertionFailedError(explained, failure.getCause());
        instead.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            instead.addSuppressed(suppressed);
        }
        return instead;
    }
}
