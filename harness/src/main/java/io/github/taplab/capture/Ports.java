package io.github.taplab.capture;

/**
 * The ports of a UDP datagram or a TCP segment, each from 0 to 65535.
 *
 * @param source where an answer shall go
 * @param destination which service is meant
 */
public record Ports(int source, int destination) {

    @Override
    public String toString() {
        return source + " > " + destination;
    }
}
