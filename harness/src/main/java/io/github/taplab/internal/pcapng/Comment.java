package io.github.taplab.internal.pcapng;

import java.time.Instant;

/**
 * What a reader of a capture shall know of a moment, such as the step of a test that began then.
 *
 * @param at by the clock of the frames
 */
public record Comment(Instant at, String text) {}
