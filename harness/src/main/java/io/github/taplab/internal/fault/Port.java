package io.github.taplab.internal.fault;

import io.github.taplab.node.Shell;

/**
 * The interface through which all frames of a node pass: for a container its own NIC, for a guest the macvtap in the
 * launcher, where what comes in goes to the guest, and what goes out comes from it.
 */
public final class Port {

    private final Shell shell;
    private final String link;
    private final boolean shared;

    /**
     * A port that is there already.
     *
     * @param shell where the interface is
     * @param link its name there
     * @param shared whether other stations' frames pass it too, as on a launcher's NIC under the macvtaps of its guests
     */
    public Port(Shell shell, String link, boolean shared) {
        this.shell = shell;
        this.link = link;
        this.shared = shared;
    }

    public Shell shell() {
        return shell;
    }

    public boolean shared() {
        return shared;
    }

    public String link() {
        return link;
    }
}
