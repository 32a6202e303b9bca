package io.github.taplab.node;

import java.net.InetAddress;

/**
 * What came back of a few ICMP echo requests.
 *
 * @param from name of the node that sent them
 * @param to where they went
 * @param sent requests
 * @param received replies
 * @param output what {@code ping} printed, errors included
 */
public record PingResult(String from, InetAddress to, int sent, int received, String output) {

    /** Whether at least one reply came. */
    public boolean answered() {
        return received > 0;
    }
}
