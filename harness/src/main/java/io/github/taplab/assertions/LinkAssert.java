package io.github.taplab.assertions;

import io.github.taplab.node.Link;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** Assertions on an interface. */
@API(status = Status.STABLE, since = "0.1.0")
public class LinkAssert extends LabAssert<LinkAssert, Link> {

    /** For AssertJ's own tools, which make assertions by their constructor; tests call {@link LabAssertions}. */
    public LinkAssert(@Nullable Link actual) {
        super(actual, LinkAssert.class, "an interface");
    }

    /** It has this Ethernet address. */
    public LinkAssert hasMac(MacAddress expected) {
        return check(link -> link.mac().equals(expected), "MAC address " + expected, LinkAssert::mac);
    }

    /** It has another Ethernet address than this. */
    public LinkAssert doesNotHaveMac(MacAddress unwanted) {
        return check(link -> !link.mac().equals(unwanted), "another MAC address than " + unwanted, LinkAssert::mac);
    }

    /** It has another Ethernet address than this interface. */
    public LinkAssert hasOtherMacThan(Link other) {
        return check(
                link -> !link.mac().equals(other.mac()),
                "another MAC address than " + other,
                link -> "the same, " + link.mac());
    }

    /** It is a macvtap. */
    public LinkAssert isMacvtap() {
        return check(LinkAssert::macvtap, "a macvtap", LinkAssert::kind);
    }

    /** It is something else than a macvtap. */
    public LinkAssert isNotMacvtap() {
        return check(link -> !macvtap(link), "no macvtap", LinkAssert::kind);
    }

    /** This interface of the same node is its parent (the kernel: its lower device). */
    public LinkAssert hasParent(Link parent) {
        return check(
                link -> link.parent().equals(Optional.of(parent.name())),
                "parent interface " + parent.name(),
                LinkAssert::parent);
    }

    /** No interface of the same node is its parent. */
    public LinkAssert hasNoParent() {
        return check(link -> link.parent().isEmpty(), "no parent interface here", LinkAssert::parent);
    }

    /** It is a macvtap in this mode. */
    public LinkAssert isInMode(MacvtapMode mode) {
        return check(
                link -> link.mode().equals(Optional.of(mode.kernelName())),
                "mode " + mode.kernelName(),
                LinkAssert::mode);
    }

    /** It is a macvtap in another mode. */
    public LinkAssert isNotInMode(MacvtapMode mode) {
        return check(
                link -> link.mode()
                        .filter(other -> !other.equals(mode.kernelName()))
                        .isPresent(),
                "a mode, and another than " + mode.kernelName(),
                LinkAssert::mode);
    }

    /** It is administratively up. */
    public LinkAssert isUp() {
        return check(Link::up, "up", link -> "down");
    }

    /** It is administratively down. */
    public LinkAssert isDown() {
        return check(link -> !link.up(), "down", link -> "up");
    }

    /** It is up, and there is something at the other end. */
    public LinkAssert hasCarrier() {
        return check(Link::carrier, "a carrier", link -> "none");
    }

    /** It is down, or there is nothing at the other end. */
    public LinkAssert hasNoCarrier() {
        return check(link -> !link.carrier(), "no carrier", link -> "one");
    }

    /** This is its operational state: {@code up}, {@code down}, {@code lowerlayerdown} … */
    public LinkAssert hasOperState(String expected) {
        return check(link -> link.operState().equals(expected), "operational state " + expected, Link::operState);
    }

    /** Its operational state is another one. */
    public LinkAssert doesNotHaveOperState(String unwanted) {
        return check(
                link -> !link.operState().equals(unwanted),
                "another operational state than " + unwanted,
                Link::operState);
    }

    /** Its MTU is so many bytes. */
    public LinkAssert hasMtu(int bytes) {
        return check(link -> link.mtu() == bytes, "MTU " + bytes, link -> "MTU " + link.mtu());
    }

    /** It takes in all frames. */
    public LinkAssert isPromiscuous() {
        return check(Link::promiscuous, "promiscuous", link -> "not promiscuous");
    }

    /** It takes in only what is for it, for all, or for a group that it has joined. */
    public LinkAssert isNotPromiscuous() {
        return check(link -> !link.promiscuous(), "not promiscuous", link -> "promiscuous");
    }

    /** It takes in the frames of all multicast groups. */
    public LinkAssert isAllMulticast() {
        return check(Link::allMulticast, "all multicast", link -> "not all multicast");
    }

    /** It takes in the frames of those multicast groups only that it has joined, unless it is promiscuous. */
    public LinkAssert isNotAllMulticast() {
        return check(link -> !link.allMulticast(), "not all multicast", link -> "all multicast");
    }

    private static boolean macvtap(Link link) {
        return link.kind().equals(Optional.of("macvtap"));
    }

    private static String mac(Link link) {
        return link.mac().toString();
    }

    private static String kind(Link link) {
        return link.kind().orElse("no virtual interface");
    }

    private static String parent(Link link) {
        return link.parent().orElse("no parent interface here");
    }

    private static String mode(Link link) {
        return link.mode().orElse("no mode");
    }

    @Override
    String subject() {
        return "Interface %s of %s".formatted(actual.name(), actual.node());
    }

    @Override
    String lookAt() {
        return actual.toString();
    }
}
