package io.github.taplab.assertions;

import io.github.taplab.node.SshAttempt;
import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** Assertions on how an SSH log-in ended. */
@API(status = Status.STABLE, since = "0.1.0")
public class SshAttemptAssert extends LabAssert<SshAttemptAssert, SshAttempt> {

    private static final Set<Outcome> NO_VAIN_ATTEMPT =
            EnumSet.of(Outcome.CONNECTED, Outcome.NO_ROUTE, Outcome.PROHIBITED);

    /** For AssertJ's own tools, which make assertions by their constructor; tests call {@link LabAssertions}. */
    public SshAttemptAssert(@Nullable SshAttempt actual) {
        super(actual, SshAttemptAssert.class, "an attempt to log in");
    }

    /** Logged in. */
    public SshAttemptAssert isConnected() {
        return has(Outcome.CONNECTED);
    }

    /**
     * Something was sent to the address and nobody was logged in to the guest. An address to which there was no way
     * says nothing of who is there: expect that with {@link #hadNoRoute} and {@link #wasProhibited}.
     */
    public SshAttemptAssert isNotConnected() {
        return check(attempt -> !NO_VAIN_ATTEMPT.contains(attempt.outcome()), "no log-in, after something was sent");
    }

    /** A machine has the address, but nothing listens there. */
    public SshAttemptAssert isRefused() {
        return has(Outcome.REFUSED);
    }

    /**
     * The machine with this MAC address has the address, but nothing listens there: the frame that refused came from
     * it. Known where the origin is a container.
     */
    public SshAttemptAssert isRefusedBy(MacAddress mac) {
        return check(
                attempt -> attempt.outcome() == Outcome.REFUSED
                        && attempt.refusedBy().equals(Optional.of(mac)),
                "refused by " + mac);
    }

    /** It was refused, and the frame that did was seen and came from another machine than this. */
    public SshAttemptAssert isRefusedByOtherThan(MacAddress mac) {
        return check(
                attempt -> attempt.outcome() == Outcome.REFUSED
                        && attempt.refusedBy().filter(by -> !by.equals(mac)).isPresent(),
                "refused by another machine than " + mac);
    }

    /** A connection that was there was reset. */
    public SshAttemptAssert wasReset() {
        return has(Outcome.RESET);
    }

    /** The other end closed the connection before anybody was logged in or turned down. */
    public SshAttemptAssert wasBrokenOff() {
        return has(Outcome.BROKEN_OFF);
    }

    /** A routing table or a firewall forbade the connection, and said so. */
    public SshAttemptAssert wasProhibited() {
        return has(Outcome.PROHIBITED);
    }

    /** No answer came. */
    public SshAttemptAssert timedOut() {
        return has(Outcome.TIMED_OUT);
    }

    /** The origin knew no way, or nobody answered ARP. */
    public SshAttemptAssert hadNoRoute() {
        return has(Outcome.NO_ROUTE);
    }

    /** Another machine's SSH server answered. */
    public SshAttemptAssert hadHostKeyMismatch() {
        return has(Outcome.HOST_KEY_MISMATCH);
    }

    /** The guest turned down the key, or the password. */
    public SshAttemptAssert failedAuthentication() {
        return has(Outcome.AUTHENTICATION_FAILED);
    }

    /** The guest turned down what it was offered, and would take these methods only, such as {@code publickey}. */
    public SshAttemptAssert failedAuthenticationOffering(String... methods) {
        return check(
                attempt -> attempt.outcome() == Outcome.AUTHENTICATION_FAILED
                        && Set.copyOf(attempt.offeredMethods()).equals(Set.of(methods)),
                "authentication failed, offering " + List.of(methods));
    }

    private SshAttemptAssert has(Outcome expected) {
        return check(attempt -> attempt.outcome() == expected, expected.words());
    }

    private SshAttemptAssert check(Predicate<SshAttempt> holds, String expected) {
        return check(holds, expected, SshAttemptAssert::found);
    }

    @Override
    String subject() {
        return "SSH from %s to %s at %s".formatted(actual.from(), actual.to(), InterfaceIp.text(actual.ip()));
    }

    @Override
    String lookAt() {
        return "neighbour entry of %s on %s right afterwards: %s"
                .formatted(
                        InterfaceIp.text(actual.ip()),
                        actual.from(),
                        actual.neighbours().isEmpty() ? "none" : actual.neighbours());
    }

    private static String found(SshAttempt attempt) {
        String by = attempt.outcome() == Outcome.REFUSED
                ? attempt.refusedBy().map(mac -> " by " + mac).orElse(", by whom was not seen,")
                : "";
        return "%s%s after %d ms: %s"
                .formatted(attempt.outcome().words(), by, attempt.took().toMillis(), attempt.detail());
    }
}
