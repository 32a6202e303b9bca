package io.github.taplab.capture;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A running recording of one interface.
 *
 * <p>It can be asked for what did not pass, and then proves first that it would have seen it: it sends a marker frame
 * out of the interface, waits until it has recorded that, and reads the kernel's count of lost packets. So an answer
 * covers all that had passed this interface when it was asked for; a frame that is still on its way to the interface
 * from elsewhere has not, so ask when what should bring it has been seen to end. Markers are for nobody, go no farther
 * than the next switch, and no capture shows them.
 */
@API(status = Status.STABLE, since = "0.1.0")
public interface Capture extends AutoCloseable {

    /**
     * All frames that have passed since the recording began, oldest first. After {@link #close()} these are all that
     * had passed by then.
     *
     * @throws IncompleteCaptureException if some may be missing: the recording broke, packets were lost, or the
     *     interface is down or without carrier and passes nothing that could show it
     */
    List<Frame> frames();

    /**
     * Waits for a frame; one that has been seen already counts.
     *
     * @param what is waited for, in words, for the message
     * @throws AssertionError if none comes in time; the message lists the frames that did
     * @throws IncompleteCaptureException if none was seen, and it may have been missed: as soon as the recording
     *     breaks, or at the deadline
     */
    Frame await(String what, Predicate<Frame> wanted, Duration deadline);

    /** Waits up to five seconds, which is long for a frame that is on its way already. */
    default Frame await(String what, Predicate<Frame> wanted) {
        return await(what, wanted, Duration.ofSeconds(5));
    }

    /**
     * Asserts that no such frame has passed since the recording began.
     *
     * @param what should not pass, in words, for the message
     * @throws AssertionError if one has; the message lists them
     * @throws IncompleteCaptureException if one may have passed unseen, as with {@link #frames()}
     */
    void assertNone(String what, Predicate<Frame> unwanted);

    /** Ends the recording. The frames stay. */
    @Override
    void close();
}
