package io.github.taplab.node;

import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How an attempt to log in with SSH ended.
 *
 * @param from name of the node from which the connection started
 * @param to name of the guest that was meant
 * @param ip the address that was dialled, port 22
 * @param outcome how far it came
 * @param took until that was known
 * @param detail what the failing layer said, in its own words
 * @param refusedBy who refused: the Ethernet source of the very frame that did. Empty for other outcomes, where no such
 *     frame came in through the origin's NIC, as when a node refuses itself, and where the origin is a guest
 * @param neighbours what the origin's neighbour table says of the address right afterwards
 */
@API(status = Status.STABLE, since = "0.1.0")
public record SshAttempt(
        String from,
        String to,
        InetAddress ip,
        Outcome outcome,
        Duration took,
        String detail,
        Optional<MacAddress> refusedBy,
        List<Neighbour> neighbours) {

    private static final Pattern DENIED = Pattern.compile("Permission denied \\(([^)]+)\\)");

    public SshAttempt {
        neighbours = List.copyOf(neighbours);
    }

    /**
     * The methods of authentication that the server offers, such as {@code publickey} and {@code password} (RFC 4252);
     * known only where it has turned down what it was offered.
     */
    public List<String> offeredMethods() {
        Matcher denied = DENIED.matcher(detail);
        return denied.find() ? List.of(denied.group(1).split(",", -1)) : List.of();
    }

    /** How far an attempt came. */
    public enum Outcome {
        /** Logged in; the host key is the guest's. */
        CONNECTED("connected"),
        /**
         * A TCP reset, or ICMP's "port unreachable", instead of a connection: a machine has the address, nothing
         * listens.
         */
        REFUSED("refused"),
        /**
         * A TCP reset within a connection that was there: a machine that knows nothing of it, or a server that died.
         */
        RESET("reset"),
        /**
         * The other end closed a connection that was there, before anybody was logged in or turned down. The small
         * guest's client (dropbear) takes a {@link #RESET} that comes before the server's first words for this.
         */
        BROKEN_OFF("broken off"),
        /**
         * The origin's own routing table forbids it, or a machine on the way said so (ICMP "administratively
         * prohibited"). A guest's client takes the latter, over IPv4, for {@link #NO_ROUTE}.
         */
        PROHIBITED("prohibited"),
        /** No answer at all within the deadline, neither to TCP nor to SSH. */
        TIMED_OUT("timed out"),
        /** The origin knows no way, nobody answered ARP, or a machine on the way said that it knows none. */
        NO_ROUTE("no route"),
        /** An SSH server answered whose host key is not the guest's. */
        HOST_KEY_MISMATCH("host key mismatch"),
        /** The guest's SSH server said that it turns down the key, or the password. */
        AUTHENTICATION_FAILED("authentication failed");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** The outcome as an SSH user would say it. */
        public String words() {
            return words;
        }
    }
}
