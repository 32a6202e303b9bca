package io.github.taplab.internal.fault;

import io.github.taplab.node.Shell;

/**
 * The interface through which all frames of a node pass: for a container its own NIC, for a guest its end in the
 * launcher. At a NIC, and at a macvtap, what comes in goes to the node. At a tap of a bridge it is the other way round:
 * what the guest sends comes in there.
 */
public final class Port {

    private enum Kind {
        OWN,
        SHARED,
        TAP
    }

    private final Shell shell;
    private final String link;
    private final Kind kind;

    private Port(Shell shell, String link, Kind kind) {
        this.shell = shell;
        this.link = link;
        this.kind = kind;
    }

    /**
     * A NIC, or a guest's macvtap.
     *
     * @param shell where the interface is
     * @param link its name there
     */
    public static Port of(Shell shell, String link) {
        return new Port(shell, link, Kind.OWN);
    }

    /** A NIC that other stations' frames pass too, as a launcher's under the macvtaps of its guests. */
    public static Port shared(Shell shell, String link) {
        return new Port(shell, link, Kind.SHARED);
    }

    /** A guest's tap on a bridge. */
    public static Port tap(Shell shell, String link) {
        return new Port(shell, link, Kind.TAP);
    }

    public Shell shell() {
        return shell;
    }

    public boolean shared() {
        return kind == Kind.SHARED;
    }

    boolean isTap() {
        return kind == Kind.TAP;
    }

    public String link() {
        return link;
    }

    /** What is on its way to the node. */
    Chain toNode(String... rules) {
        return isTap() ? Chain.egress(link, rules) : Chain.ingress(link, rules);
    }

    /** What comes from the node. */
    Chain fromNode(String... rules) {
        return isTap() ? Chain.ingress(link, rules) : Chain.egress(link, rules);
    }
}
