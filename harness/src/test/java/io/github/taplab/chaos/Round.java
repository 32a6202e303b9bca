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
 */
record Round(
        int number, Kind kind, Attachment attachment, Moment moment, Duration pause, Way way, boolean separateThread) {

    String title() {
        return "%s, %s, %s".formatted(kind.title(), attachment, moment.words());
    }
}
