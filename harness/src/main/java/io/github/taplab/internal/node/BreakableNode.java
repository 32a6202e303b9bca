package io.github.taplab.internal.node;

import io.github.taplab.internal.argument.Call;
import io.github.taplab.internal.fault.Faults;
import io.github.taplab.internal.fault.Port;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.node.WebServer;
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

    /** One of its calls, whose arguments are to be checked. */
    protected final Call call(String verb) {
        return new Call(name(), verb);
    }

    protected final Faults faults() {
        return new Faults(this, port());
    }

    @Override
    public Undo takeDown(String link) {
        call("takeDown").link(link);
        return faults().takeDown(link);
    }

    @Override
    public Undo overrideMtu(String link, int mtu) {
        call("overrideMtu").link(link);
        call("overrideMtu").mtu(mtu);
        return faults().overrideMtu(link, mtu);
    }

    @Override
    public Undo spoofMac(MacAddress mac) {
        call("spoofMac").stationMac(mac);
        return faults().spoofMac(mac);
    }

    @Override
    public Undo partitionFrom(Node other) {
        call("partitionFrom").given("the other node", other);
        if (!(other instanceof BreakableNode known)) {
            throw new IllegalArgumentException(other.name() + " is no node of a lab");
        }
        if (this instanceof WebServer || other instanceof WebServer) {
            throw new IllegalArgumentException(
                    "%s can't be partitioned from %s: that is done on the lab's network, and the internet is behind the gateway"
                            .formatted(name(), other.name()));
        }
        return faults().partitionFrom(known.faults());
    }

    @Override
    public Undo impair(Impairment impairment) {
        call("impair").given("an impairment", impairment);
        return faults().impair(impairment);
    }

    @Override
    public Undo suppressNeighbourAnswers() {
        return faults().suppressNeighbourAnswers();
    }

    @Override
    public Undo forgeArpAnswers(InetAddress ip, MacAddress mac) {
        call("forgeArpAnswers").given("an IPv4 address", ip);
        call("forgeArpAnswers").given("a MAC address", mac);
        return faults().forgeArpAnswers(ip, mac);
    }

    @Override
    public Undo poisonNeighbour(InetAddress ip, MacAddress mac) {
        call("poisonNeighbour").given("an IP address", ip);
        call("poisonNeighbour").given("a MAC address", mac);
        return faults().poisonNeighbour(ip, mac);
    }
}
