package io.github.taplab.internal.node;

import io.github.taplab.internal.fault.Faults;
import io.github.taplab.internal.fault.Port;
import io.github.taplab.node.Internet;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Impairment;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;

/** The faults of a node, done where its frames pass. */
abstract class BreakableNode implements Node {

    /**
     * Where its frames pass.
     *
     * @throws IllegalStateException on the Docker host
     */
    protected abstract Port port();

    protected final Faults faults() {
        return new Faults(this, port());
    }

    @Override
    public Undo takeDown(String link) {
        return faults().takeDown(link);
    }

    @Override
    public Undo setMtu(String link, int mtu) {
        return faults().setMtu(link, mtu);
    }

    @Override
    public Undo spoofMac(MacAddress mac) {
        return faults().spoofMac(mac);
    }

    @Override
    public Undo partitionFrom(Node other) {
        if (!(other instanceof BreakableNode known)) {
            throw new IllegalArgumentException(other.name() + " is no node of a lab");
        }
        if (this instanceof Internet || other instanceof Internet) {
            throw new IllegalArgumentException(
                    "%s can't be partitioned from %s: that is done on the lab's network, and the internet is behind the gateway"
                            .formatted(name(), other.name()));
        }
        return faults().partitionFrom(known.faults());
    }

    @Override
    public Undo impair(Impairment impairment) {
        return faults().impair(impairment);
    }

    @Override
    public Undo suppressNeighbourAnswers() {
        return faults().suppressNeighbourAnswers();
    }

    @Override
    public Undo forgeArpAnswers(InetAddress ip, MacAddress mac) {
        return faults().forgeArpAnswers(ip, mac);
    }

    @Override
    public Undo setStaleNeighbour(InetAddress ip, MacAddress mac) {
        return faults().setStaleNeighbour(ip, mac);
    }
}
