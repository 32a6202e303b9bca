package io.github.taplab.assertions;

import io.github.taplab.node.SshAttempt;
import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on how an SSH log-in ended. */
@API(status = Status.STABLE, since = "0.1.0")
public final class SshAttemptAssert extends AbstractAssert<SshAttemptAssert, SshAttempt> {

    SshAttemptAssert(SshAttempt actual) {
        super(actual, SshAttemptAssert.class);
    }

    /** Logged in. */
    public SshAttemptAssert isConnected() {
        return has(Outcome.CONNECTED);
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
                actual.outcome() == Outcome.REFUSED && actual.refusedBy().equals(Optional.of(mac)),
                "refused by " + mac);
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
        failedAuthentication();
        if (!Set.copyOf(actual.offeredMethods()).equals(Set.of(methods))) {
            throw failure(
                    "%s",
                    Failure.of("SSH from %s to %s at %s"
                                    .formatted(actual.from(), actual.to(), InterfaceIp.text(actual.ip())))
                            .expected("authentication failed, offering " + List.of(methods))
                            .found(actual.detail()));
        }
        return this;
    }

    private SshAttemptAssert has(Outcome expected) {
        return check(actual.outcome() == expected, expected.words());
    }

    private SshAttemptAssert check(boolean holds, String expected) {
        if (!holds) {
            throw failure(
                    "%s",
                    Failure.of("SSH from %s to %s at %s"
                                    .formatted(actual.from(), actual.to(), InterfaceIp.text(actual.ip())))
                            .expected(expected)
                            .found(found())
                            .lookAt("neighbour entry of %s on %s right afterwards: %s"
                                    .formatted(
                                            InterfaceIp.text(actual.ip()),
                                            actual.from(),
                                            actual.neighbours().isEmpty() ? "none" : actual.neighbours())));
        }
        return this;
    }

    private String found() {
        String by = actual.outcome() == Outcome.REFUSED
                ? actual.refusedBy().map(mac -> " by " + mac).orElse(", by whom was not seen,")
                : "";
        return "%s%s after %d ms: %s"
                .formatted(actual.outcome().words(), by, actual.took().toMillis(), actual.detail());
    }
}
