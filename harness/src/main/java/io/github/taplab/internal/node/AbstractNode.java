package io.github.taplab.internal.node;

import io.github.taplab.internal.http.HttpClient;
import io.github.taplab.internal.ssh.SshHost;
import io.github.taplab.internal.ssh.SshLogin;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Guest;
import io.github.taplab.node.HttpResult;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.SshAttempt;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What containers and guests have in common: what they ask others, and how they log in to them. */
public abstract class AbstractNode extends IprouteNode implements Station {

    private final Stations stations;

    /**
     * A node.
     *
     * @param stations of the lab, this one among them
     */
    protected AbstractNode(String name, String nic, Stations stations) {
        super(name, nic);
        this.stations = stations;
    }

    @Override
    public NeighbourAnswers whoHas(InetAddress ip) {
        call("whoHas").given("an IP address", ip);
        return new NeighbourQuestion(this, nic(), stations).ask(ip);
    }

    @Override
    public final Optional<Set<MacAddress>> answerers(InetAddress ip) {
        return takesCommandsAside()
                ? AddressClaim.answerers(tryRun(AddressClaim.argv(ip, nic()).toArray(String[]::new)))
                : Optional.empty();
    }

    /** Whether it takes commands of Taplab's beside those of a test, and nobody sees them. */
    protected boolean takesCommandsAside() {
        return true;
    }

    @Override
    public void announce(InetAddress ip) {
        call("announce").given("an IP address", ip);
        List<AssignedAddress> own = addresses();
        if (own.stream().noneMatch(address -> address.address().ip().equals(ip))) {
            throw new IllegalArgumentException("%s can't announce %s, which it does not have on %s: %s"
                    .formatted(name(), InterfaceIp.text(ip), nic(), own));
        }
        if (ip instanceof Inet4Address) {
            ToolOutput.announced(tryRun("arping", "-U", "-c", "1", "-I", nic(), InterfaceIp.text(ip)));
        } else {
            announceIpv6(ip);
        }
    }

    /** Tells all neighbours where one of this node's IPv6 addresses is. */
    protected abstract void announceIpv6(InetAddress ip);

    @Override
    public PingResult ping(InetAddress ip) {
        call("ping").given("an IP address", ip);
        return new Ping(this).once(ip);
    }

    @Override
    public PingResult ping(InetAddress ip, int requests) {
        call("ping").given("an IP address", ip);
        call("ping").requests(requests);
        return new Ping(this).several(ip, requests);
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
                name(),
                target.name(),
                at,
                result.outcome(),
                took,
                result.detail(),
                result.refusedBy(),
                neighboursAt(at));
    }

    @Override
    public HttpResult httpGet(String url) {
        call("httpGet").given("a URL", url);
        return httpClient().get(this, name(), url);
    }

    /** What this node has to get a page with. */
    protected abstract HttpClient httpClient();

    /** Tries to log in to a host at an address, from this node's network. */
    protected abstract SshLogin.Result logIn(InetAddress at, SshHost host);

    private List<Neighbour> neighboursAt(InetAddress ip) {
        return neighbours().stream().filter(entry -> entry.ip().equals(ip)).collect(Collectors.toList());
    }
}
