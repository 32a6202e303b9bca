package io.github.taplab.labtests;

import io.github.taplab.internal.timeline.Recorded;

/** What a test's handle stands for: tests of Taplab itself look at more than a test can. */
final class Behind {

    private Behind() {}

    static <T> T of(Class<T> type, Object handle) {
        return type.cast(Recorded.behind(handle));
    }
}
