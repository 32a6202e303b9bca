package io.github.taplab.node;

import java.time.Duration;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How an attempt to get a page by HTTP ended.
 *
 * @param from name of the node that asked
 * @param url of the page
 * @param outcome how far it came
 * @param status of the answer, such as 200; empty if none came
 * @param body what came of it. A guest's client keeps none of an answer that is an error
 * @param took until the outcome was known
 * @param detail what the failing layer said, in its own words
 */
@API(status = Status.STABLE, since = "0.1.0")
public record HttpResult(
        String from, String url, Outcome outcome, OptionalInt status, String body, Duration took, String detail) {

    /** How far an attempt came. */
    public enum Outcome {
        /** A web server answered, whatever the status, and the answer came to its end. */
        ANSWERED("answered"),
        /** No name server answered, or none knows the name. */
        NAME_NOT_RESOLVED("name not resolved"),
        /**
         * A TCP reset, or ICMP's "port unreachable", instead of a connection: a machine has the address, nothing
         * listens.
         */
        REFUSED("refused"),
        /** A TCP reset within a connection that was there, at the start or in the middle of an answer. */
        RESET("reset"),
        /** The other end closed a connection that was there, before the answer was at its end. */
        BROKEN_OFF("broken off"),
        /**
         * The origin's own routing table forbids it. What a machine on the way forbids (ICMP "administratively
         * prohibited") is {@link #NO_ROUTE} over IPv4: no client tells more.
         */
        PROHIBITED("prohibited"),
        /** Nothing came for 5 s, at the start or in the middle of an answer, or it was not at its end after 30 s. */
        TIMED_OUT("timed out"),
        /** The origin knows no way, nobody answered ARP, or a machine on the way said that it knows none. */
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
}
