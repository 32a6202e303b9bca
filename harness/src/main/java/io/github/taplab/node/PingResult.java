package io.github.taplab.node;

import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What came back of a few ICMP echo requests. A ping that could not run, or said what is not understood, is none: the
 * call that asked for it throws.
 *
 * @param from name of the node that sent them
 * @param to where they went
 * @param outcome what came of them
 * @param sent requests that the node's kernel took
 * @param received replies, each counted once
 * @param errors the ICMP errors that came, oldest first. Only iputils' {@code ping} tells them, so none from a small
 *     guest, which has busybox
 * @param output what {@code ping} printed, errors included
 */
@API(status = Status.STABLE, since = "0.1.0")
public record PingResult(
        String from, InetAddress to, Outcome outcome, int sent, int received, List<IcmpError> errors, String output) {

    public PingResult {
        errors = List.copyOf(errors);
    }

    /** Whether at least one reply came. */
    public boolean answered() {
        return outcome == Outcome.ANSWERED;
    }

    /** What came of the requests. */
    public enum Outcome {
        /** At least one reply came. */
        ANSWERED("answered"),
        /** Requests were sent, and nothing came back that {@code ping} tells. */
        SILENT("silent"),
        /**
         * No reply, but an ICMP error came. One from the node itself says that nobody answered ARP or neighbour
         * discovery for the next hop: that was asked for, the requests themselves have not left.
         */
        UNREACHABLE("unreachable"),
        /** The node's own routing table knows no way, or forbids it: nothing was sent. */
        NO_ROUTE("no route");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** The outcome in plain words. */
        public String words() {
            return words;
        }
    }

    /**
     * An ICMP error that answered a request.
     *
     * @param sender who sent it; the node itself, where nobody answered ARP or neighbour discovery
     * @param words what it said, as {@code ping} puts it, such as {@code Destination Host Unreachable}
     */
    public record IcmpError(InetAddress sender, String words) {

        @Override
        public String toString() {
            return "\"%s\" from %s".formatted(words, InterfaceIp.text(sender));
        }
    }
}
