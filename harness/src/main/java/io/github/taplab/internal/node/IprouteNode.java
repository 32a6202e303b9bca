package io.github.taplab.internal.node;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.text.Visible;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.NotThereException;
import io.github.taplab.node.Route;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A node that is looked at and changed with iproute2, through its shell. */
abstract class IprouteNode extends BreakableNode implements AddressTable {

    private final String name;
    private final String nic;

    IprouteNode(String name, String nic) {
        this.name = name;
        this.nic = nic;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String nic() {
        return nic;
    }

    @Override
    public List<Link> links() {
        return IpJson.links(
                name, run("ip", "-j", "-details", "-statistics", "link", "show").stdout());
    }

    @Override
    public Link link(String wanted) {
        call("link").link(wanted);
        CommandResult shown = tryRun("ip", "-j", "-details", "-statistics", "link", "show", "dev", wanted);
        if (!shown.succeeded()) {
            throw new NotThereException("No interface %s on %s, there are %s"
                    .formatted(
                            wanted,
                            name,
                            Visible.of(links().stream().map(Link::name).toList().toString())));
        }
        return IpJson.links(name, shown.stdout()).get(0);
    }

    @Override
    public MacAddress mac() {
        return link(nic).mac();
    }

    @Override
    public InetAddress ip() {
        return interfaceIp().ip();
    }

    @Override
    public InterfaceIp interfaceIp() {
        return ipv4Of(nic);
    }

    @Override
    public InetAddress ip6() {
        return interfaceIp6().ip();
    }

    @Override
    public InterfaceIp interfaceIp6() {
        return only(nic, "IPv6", address -> !address.isIpv4() && address.scope().equals("global"));
    }

    /** The IPv4 address of one of its interfaces. */
    protected final InterfaceIp ipv4Of(String link) {
        return only(link, "IPv4", AssignedAddress::isIpv4);
    }

    private InterfaceIp only(String link, String family, Predicate<AssignedAddress> wanted) {
        List<AssignedAddress> found = addresses(link).stream().filter(wanted).toList();
        if (found.isEmpty()) {
            throw new NotThereException("%s has no %s address on %s".formatted(name, family, link));
        }
        if (found.size() > 1) {
            throw new IllegalStateException(
                    "%s has more than one %s address on %s: %s".formatted(name, family, link, found));
        }
        return found.get(0).address();
    }

    @Override
    public List<AssignedAddress> addresses() {
        return addresses(nic);
    }

    @Override
    public List<AssignedAddress> addressesOfAllLinks() {
        return IpJson.addresses(run("ip", "-j", "address", "show").stdout());
    }

    private List<AssignedAddress> addresses(String link) {
        return IpJson.addresses(run("ip", "-j", "address", "show", "dev", link).stdout());
    }

    @Override
    public List<Route> routes() {
        return new RoutingTable(this, nic).routes();
    }

    @Override
    public List<Neighbour> neighbours() {
        return IpJson.neighbours(
                nic, run("ip", "-j", "neigh", "show", "nud", "all", "dev", nic).stdout());
    }

    @Override
    public void addAddress(InterfaceIp address) {
        call("addAddress").given("an address", address);
        run("ip", "address", "add", address.toString(), "dev", nic);
    }

    /** Adds an address that is known to be unique, and so can be used at once: without duplicate address detection. */
    public final void addUniqueAddress(InterfaceIp address) {
        run("ip", "address", "add", address.toString(), "dev", nic, "nodad");
    }

    @Override
    public void removeAddress(InterfaceIp address) {
        call("removeAddress").given("an address", address);
        run("ip", "address", "delete", address.toString(), "dev", nic);
    }

    @Override
    public void addDefaultRoute(InetAddress via) {
        call("addDefaultRoute").given("the next hop", via);
        new RoutingTable(this, nic).addDefault(via);
    }

    @Override
    public void addRoute(Prefix destination, InetAddress via) {
        call("addRoute").given("a network", destination);
        call("addRoute").given("the next hop", via);
        call("addRoute").oneFamily(destination.network(), via);
        new RoutingTable(this, nic).add(destination, via);
    }

    @Override
    public void removeDefaultRoute() {
        new RoutingTable(this, nic).removeDefaults();
    }

    @Override
    public void removeRoute(Prefix destination) {
        call("removeRoute").given("a network", destination);
        new RoutingTable(this, nic).remove(destination);
    }

    @Override
    public void setMac(MacAddress mac) {
        call("setMac").stationMac(mac);
        run("ip", "link", "set", "dev", nic, "address", mac.toString());
    }

    @Override
    public void setUp(String link) {
        call("setUp").link(link);
        run("ip", "link", "set", "dev", link, "up");
    }

    @Override
    public void setDown(String link) {
        call("setDown").link(link);
        run("ip", "link", "set", "dev", link, "down");
    }

    @Override
    public void flushNeighbours() {
        run("ip", "neigh", "flush", "dev", nic);
    }

    @Override
    public List<MacAddress> groups(String link) {
        call("groups").link(link);
        return new RxFilter(this, link).groups();
    }

    @Override
    public Undo joinGroup(MacAddress group) {
        call("joinGroup").given("a group", group);
        return new RxFilter(this, nic).join(group);
    }

    @Override
    public Undo enablePromiscuousMode(String link) {
        call("enablePromiscuousMode").link(link);
        return new RxFilter(this, link).promiscuous();
    }

    @Override
    public Undo enableAllMulticast(String link) {
        call("enableAllMulticast").link(link);
        return new RxFilter(this, link).allMulticast();
    }

    @Override
    public abstract CommandResult tryRun(Duration deadline, String... argv);

    @Override
    public String toString() {
        return name;
    }
}
