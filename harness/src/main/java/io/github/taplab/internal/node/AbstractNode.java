package io.github.taplab.internal.node;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.http.HttpClient;
import io.github.taplab.internal.ssh.SshHost;
import io.github.taplab.internal.ssh.SshLogin;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Guest;
import io.github.taplab.node.HttpResult;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.NotThereException;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.Route;
import io.github.taplab.node.SshAttempt;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What containers and guests have in common: iproute2, arping and ping, reached through their shell. */
public abstract class AbstractNode extends BreakableNode {

    private static final String ARP_SECONDS = "1";
    // As a kernel asks before it gives up (RFC 4861, 10: MAX_MULTICAST_SOLICIT and RETRANS_TIMER).
    private static final String SOLICITATIONS = "3";
    private static final String SOLICITATION_MILLIS = "1000";
    private static final String REDIRECTED_REQUESTS = "10";
    // A kernel gives ARP and neighbour discovery up after 3 s. That it did is an error that ping waits for.
    private static final String PING_SECONDS = "4";

    private final String name;
    private final String nic;

    protected AbstractNode(String name, String nic) {
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
                    .formatted(wanted, name, links().stream().map(Link::name).toList()));
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

    private List<AssignedAddress> addresses(String link) {
        return IpJson.addresses(run("ip", "-j", "address", "show", "dev", link).stdout());
    }

    @Override
    public List<Route> routes() {
        return IpJson.routes(run("ip", "-j", "-4", "route", "show").stdout());
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
        run("ip", "route", "add", "default", "via", via.getHostAddress(), "dev", nic);
    }

    @Override
    public void addRoute(InterfaceIp destination, InetAddress via) {
        call("addRoute").given("a network", destination);
        call("addRoute").given("the next hop", via);
        call("addRoute").oneFamily(destination.ip(), via);
        run("ip", "route", "add", destination.toString(), "via", via.getHostAddress(), "dev", nic);
    }

    @Override
    public void removeDefaultRoute() {
        run("ip", "route", "delete", "default");
    }

    @Override
    public void removeRoute(InterfaceIp destination) {
        call("removeRoute").given("a network", destination);
        run("ip", "route", "delete", destination.toString());
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
    public NeighbourAnswers whoHas(InetAddress ip) {
        call("whoHas").given("an IP address", ip);
        if (!(ip instanceof Inet4Address)) {
            return solicit(ip);
        }
        // -b: every question is a broadcast; otherwise only the first that answered is asked again. The count is out of
        // reach, since arping also stops at as many answers: it listens for the whole time, so that a slow second
        // answer is heard.
        return ToolOutput.arpAnswers(
                ip, tryRun("arping", "-b", "-c", "1000", "-w", ARP_SECONDS, "-I", nic, ip.getHostAddress()));
    }

    // -m: after each question it listens for the whole time, so that a slow second answer is heard.
    private NeighbourAnswers solicit(InetAddress ip) {
        return ToolOutput.advertisements(
                ip,
                tryRun(
                        "ndisc6",
                        "-m",
                        "-n",
                        "-r",
                        SOLICITATIONS,
                        "-w",
                        SOLICITATION_MILLIS,
                        InterfaceIp.text(ip),
                        nic));
    }

    @Override
    public void announce(InetAddress ip) {
        call("announce").given("an IP address", ip);
        List<AssignedAddress> own = addresses();
        if (own.stream().noneMatch(address -> address.address().ip().equals(ip))) {
            throw new IllegalArgumentException("%s can't announce %s, which it does not have on %s: %s"
                    .formatted(name, InterfaceIp.text(ip), nic, own));
        }
        if (ip instanceof Inet4Address) {
            ToolOutput.announced(tryRun("arping", "-U", "-c", "1", "-I", nic, InterfaceIp.text(ip)));
        } else {
            announceIpv6(ip);
        }
    }

    /** Tells all neighbours where one of this node's IPv6 addresses is. */
    protected abstract void announceIpv6(InetAddress ip);

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

    // Not -q: iputils would keep to itself who sent an error, and that the kernel did not take a request.
    @Override
    public PingResult ping(InetAddress ip) {
        call("ping").given("an IP address", ip);
        // With -w, iputils asks until one reply or error has come, so one that comes ends it at once; busybox asks
        // once.
        CommandResult once = tryPing(ip, "-c", "1", "-w", PING_SECONDS, "-W", PING_SECONDS, "-i", "0.2");
        // A redirect is no answer and no refusal: whoever sends it has passed the request on. Two seconds of requests
        // that it does not end tell whether one is answered.
        return ToolOutput.ping(
                ip,
                ToolOutput.wasEndedByRedirect(once)
                        ? tryPing(ip, "-c", REDIRECTED_REQUESTS, "-W", PING_SECONDS, "-i", "0.2")
                        : once);
    }

    @Override
    public PingResult ping(InetAddress ip, int requests) {
        call("ping").given("an IP address", ip);
        call("ping").requests(requests);
        return ToolOutput.ping(ip, tryPing(ip, "-c", Integer.toString(requests), "-W", PING_SECONDS, "-i", "0.02"));
    }

    private CommandResult tryPing(InetAddress ip, String... options) {
        List<String> argv = new ArrayList<>(List.of("ping", "-n"));
        argv.addAll(List.of(options));
        argv.add(InterfaceIp.text(ip));
        return tryRun(argv.toArray(String[]::new));
    }

    @Override
    public SshAttempt ssh(Guest target) {
        call("ssh").given("a guest", target);
        return ssh(target, target.ip());
    }

    @Override
    public SshAttempt ssh(Guest target, InetAddress at) {
        call("ssh").given("a guest", target);
        call("ssh").given("an IP address", at);
        return attempt(target, at, this::logIn);
    }

    /** Tries a way of logging in, and says how it ended. */
    protected final SshAttempt attempt(
            Guest target, InetAddress at, BiFunction<InetAddress, SshHost, SshLogin.Result> login) {
        if (!(target instanceof SshTarget known)) {
            throw new IllegalArgumentException(target.name() + " is no guest of a lab");
        }
        SshHost host = known.sshHost();
        long start = System.nanoTime();
        SshLogin.Result result = login.apply(at, host);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new SshAttempt(
                name, target.name(), at, result.outcome(), took, result.detail(), result.refusedBy(), neighboursAt(at));
    }

    @Override
    public HttpResult httpGet(String url) {
        call("httpGet").given("a URL", url);
        return httpClient().get(this, name, url);
    }

    /** What this node has to get a page with. */
    protected abstract HttpClient httpClient();

    /** Tries to log in to a host at an address, from this node's network. */
    protected abstract SshLogin.Result logIn(InetAddress at, SshHost host);

    private List<Neighbour> neighboursAt(InetAddress ip) {
        return neighbours().stream().filter(entry -> entry.ip().equals(ip)).collect(Collectors.toList());
    }

    @Override
    public abstract CommandResult tryRun(Duration deadline, String... argv);

    @Override
    public String toString() {
        return name;
    }
}
