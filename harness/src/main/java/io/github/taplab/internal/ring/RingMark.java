package io.github.taplab.internal.ring;

/**
 * A place in a ring, between two frames.
 *
 * @param next number of the frame behind it; the first one has number 0
 * @param lost frames until then for which the kernel had no room
 */
record RingMark(long next, long lost) {

    /** In front of all frames. */
    static final RingMark START = new RingMark(0, 0);
}
