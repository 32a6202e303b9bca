package io.github.taplab.internal.guestimage;

import java.time.Duration;

/**
 * How long a download may take.
 *
 * @param connect until there is a connection
 * @param silence without a byte
 * @param whole for all of it, breaks included
 * @param attempts how often it is taken up
 */
record Limits(Duration connect, Duration silence, Duration whole, int attempts) {

    static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofHours(2), 5);
}
