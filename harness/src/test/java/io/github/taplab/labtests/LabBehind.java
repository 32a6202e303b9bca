package io.github.taplab.labtests;

import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.timeline.Recorded;
import io.github.taplab.node.Lab;

/** The lab that a test's handle stands for: tests of Taplab itself look at more than a test can. */
final class LabBehind {

    private LabBehind() {}

    static RunningLab of(Lab lab) {
        return (RunningLab) Recorded.behind(lab);
    }
}
