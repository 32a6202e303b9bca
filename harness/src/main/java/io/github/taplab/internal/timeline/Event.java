package io.github.taplab.internal.timeline;

import java.time.Duration;
import java.time.Instant;

/** Something that happened in a lab; the instants are of this JVM's clock. */
public sealed interface Event {

    /** When it began. */
    Instant at();

    /**
     * A part of the lab's start.
     *
     * @param what such as {@code network}
     */
    record Phase(Instant at, Duration took, String what) implements Event {}

    /**
     * What a test asked of a node, or did to it.
     *
     * @param node such as {@code client}
     * @param call the verb with its arguments, such as {@code ping(198.18.0.4)}
     * @param result what came of it, in words; of a failure its message
     */
    record Step(Instant at, Duration took, String node, String call, String result, boolean failed) implements Event {}

    /**
     * A test begins.
     *
     * @param id JUnit's unique id
     * @param name its display name
     */
    record TestBegan(Instant at, String id, String name) implements Event {}

    /**
     * A test is over.
     *
     * @param id JUnit's unique id
     */
    record TestEnded(Instant at, String id, Verdict verdict) implements Event {}

    /** What became of a test. */
    enum Verdict {
        PASSED,
        FAILED,
        /** An assumption did not hold, or the test was disabled. */
        ABORTED
    }
}
