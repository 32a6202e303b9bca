package io.github.taplab.internal.evidence;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.lab.RunningLab;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What was seen of a lab whose start failed, before it was torn down. It travels with the failure, as one of the
 * suppressed: the lab may have been made ahead, when nobody had asked for it.
 */
public final class SeenAtStart extends Exception {

    private static final long serialVersionUID = 1L;

    // A failure is not sent to other JVMs together with what was seen.
    private final transient Evidence evidence;

    private SeenAtStart(Evidence evidence) {
        super("what was seen of the lab then is attached to the test class", null, false, false);
        this.evidence = evidence;
    }

    /** Looks at a lab, and adds what it has seen to the failure; of an interrupted start nobody wants to know. */
    public static void addTo(Throwable failure, RunningLab lab) {
        addTo(failure, () -> Evidence.collect(lab));
    }

    static void addTo(Throwable failure, Supplier<Evidence> look) {
        if (!(failure instanceof InterruptedWaitException)) {
            failure.addSuppressed(new SeenAtStart(look.get()));
        }
    }

    /** What came with a failure, or with one of its causes. */
    public static Optional<Evidence> in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20) // Causes may go round in a circle.
                .flatMap(cause -> Arrays.stream(cause.getSuppressed()))
                .filter(SeenAtStart.class::isInstance)
                .map(seen -> ((SeenAtStart) seen).evidence)
                .findFirst();
    }
}
