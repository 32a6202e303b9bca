package io.github.taplab.chaos;

import io.github.taplab.spec.Attachment;
import java.time.Duration;

/**
 * One thing that is done to one lab.
 *
 * @param number from 1
 * @param pause how long after the moment is reached
 * @param way where it hangs, if that is the fault, and where the command runs, if one does
 * @param separateThread whether JUnit's time-out has a thread of its own
 * @param warm whether the guest may go on from a snapshot; otherwise it boots
 */
record Round(
        int number,
        Kind kind,
        Attachment attachment,
        Moment moment,
        Duration pause,
        Way way,
        boolean separateThread,
        boolean warm) {

    /** What is expected of it. */
    Expected expected() {
        Expected expected = kind.expected(moment);
        // Whatever goes wrong with a snapshot, the guest boots. And it is there sooner, perhaps before the fault.
        return warm && moment.isInStart() && expected.colour() == Expected.Colour.RED
                ? expected.instead(Expected.Colour.GREEN_OR_RED)
                : expected;
    }

    String title() {
        return "%s, %s, %s".formatted(kind.title(), attachment, moment.words());
    }
}
