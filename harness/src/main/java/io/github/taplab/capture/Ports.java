package io.github.taplab.capture;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The ports of a UDP datagram or a TCP segment, each from 0 to 65535.
 *
 * @param source where an answer shall go
 * @param destination which service is meant
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Ports(int source, int destination) {

    private static final int HIGHEST = 65_535;

    public Ports {
        if (source < 0 || source > HIGHEST || destination < 0 || destination > HIGHEST) {
            throw new IllegalArgumentException(
                    "A port is 0 to %d, found %d and %d".formatted(HIGHEST, source, destination));
        }
    }

    @Override
    public String toString() {
        return source + " > " + destination;
    }
}
