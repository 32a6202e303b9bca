package io.github.taplab.samples.soak;

/**
 * A measure at one moment.
 *
 * @param seconds since the first run began
 * @param value in the unit of its series
 */
record Sample(double seconds, double value) {}
