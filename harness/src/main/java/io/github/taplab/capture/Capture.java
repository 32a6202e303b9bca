package io.github.taplab.capture;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A running recording of one interface. */
public interface Capture extends AutoCloseable {

    /** The frames seen so far, oldest first. */
    List<Frame> frames();

    /**
     * Waits for a frame; one that has been seen already counts.
     *
     * @param what is waited for, in words, for the message
     * @throws AssertionError if none comes in time; the message lists the frames that did
     */
    Frame await(String what, Predicate<Frame> wanted, Duration deadline);

    /** Ends the recording. The frames stay. */
    @Override
    void close();
}
