package io.github.taplab.assertions;

import io.github.taplab.node.Link;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on an interface. */
@API(status = Status.STABLE, since = "0.1.0")
public final class LinkAssert extends AbstractAssert<LinkAssert, Link> {

    LinkAssert(Link actual) {
        super(actual, LinkAssert.class);
    }

    /** It has this Ethernet address. */
    public LinkAssert hasMac(MacAddress expected) {
        return check(
                actual.mac().equals(expected),
                "MAC address " + expected,
                actual.mac().toString());
    }

    /** It has another Ethernet address. */
    public LinkAssert hasOtherMacThan(Link other) {
        return check(
                !actual.mac().equals(other.mac()), "another MAC address than " + other, "the same, " + actual.mac());
    }

    /** It is a macvtap. */
    public LinkAssert isMacvtap() {
        return check(
                actual.kind().equals(Optional.of("macvtap")),
                "a macvtap",
                actual.kind().orElse("no virtual interface"));
    }

    /** This interface of the same node is its parent (the kernel: its lower device). */
    public LinkAssert hasParent(Link parent) {
        return check(
                actual.parent().equals(Optional.of(parent.name())),
                "parent interface " + parent.name(),
                actual.parent().orElse("no parent interface here"));
    }

    /** It is a macvtap in this mode. */
    public LinkAssert isInMode(MacvtapMode mode) {
        return check(
                actual.mode().equals(Optional.of(mode.kernelName())),
                "mode " + mode.kernelName(),
                actual.mode().orElse("no mode"));
    }

    /** It is administratively up. */
    public LinkAssert isUp() {
        return check(actual.up(), "up", "down");
    }

    /** It is administratively down. */
    public LinkAssert isDown() {
        return check(!actual.up(), "down", "up");
    }

    /** It is up, and there is something at the other end. */
    public LinkAssert hasCarrier() {
        return check(actual.carrier(), "a carrier", "none");
    }

    /** It is down, or there is nothing at the other end. */
    public LinkAssert hasNoCarrier() {
        return check(!actual.carrier(), "no carrier", "one");
    }

    /** This is its operational state: {@code up}, {@code down}, {@code lowerlayerdown} … */
    public LinkAssert hasOperState(String expected) {
        return check(actual.operState().equals(expected), "operational state " + expected, actual.operState());
    }

    /** It takes in all frames. */
    public LinkAssert isPromiscuous() {
        return check(actual.promiscuous(), "promiscuous", "not promiscuous");
    }

    /** It takes in only what is for it, for all, or for a group that it has joined. */
    public LinkAssert isNotPromiscuous() {
        return check(!actual.promiscuous(), "not promiscuous", "promiscuous");
    }

    private LinkAssert check(boolean holds, String expected, String found) {
        if (!holds) {
            throw failure(
                    "%s",
                    Failure.of("Interface %s of %s".formatted(actual.name(), actual.node()))
                            .expected(expected)
                            .found(found)
                            .lookAt(actual.toString()));
        }
        return this;
    }
}
