package io.github.taplab.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.assertions.AssertionUse.Subject;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Traffic;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.HttpResult;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.Node;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.PingResult.IcmpError;
import io.github.taplab.node.Route;
import io.github.taplab.node.SshAttempt;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import io.github.taplab.spec.Prefix;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every assertion: holding, broken, of null, with a description, with another message, and soft. */
class EveryAssertionTests {

    private static final MacAddress GUEST = MacAddress.of("02:9e:12:09:00:05");
    private static final MacAddress CONTAINER = MacAddress.of("02:1a:12:09:00:02");
    private static final InetAddress IP = InterfaceIp.ip("198.18.9.5");
    private static final InetAddress IP6 = InterfaceIp.ip("fd74:6170:6c62:1209::5");
    private static final InetAddress ROUTER = InterfaceIp.ip("198.18.9.1");
    private static final Prefix NETWORK = Prefix.of("198.18.9.0/24");
    private static final Duration TOOK = Duration.ofMillis(80);

    private static final Subject<LinkAssert, Link> LINK =
            new Subject<>("an interface", LabAssertions::assertThat, LabSoftAssertions::assertThat);
    private static final Subject<NodeAssert, Node> NODE =
            new Subject<>("a node", LabAssertions::assertThat, LabSoftAssertions::assertThat);
    private static final Subject<CommandResultAssert, CommandResult> COMMAND =
            new Subject<>("what a command left behind", LabAssertions::assertThat, LabSoftAssertions::assertThat);
    private static final Subject<PingResultAssert, PingResult> PING =
            new Subject<>("the result of a ping", LabAssertions::assertThat, LabSoftAssertions::assertThat);
    private static final Subject<HttpResultAssert, HttpResult> HTTP =
            new Subject<>("the result of an HTTP request", LabAssertions::assertThat, LabSoftAssertions::assertThat);
    private static final Subject<SshAttemptAssert, SshAttempt> SSH =
            new Subject<>("an attempt to log in", LabAssertions::assertThat, LabSoftAssertions::assertThat);
    private static final Subject<NeighbourAnswersAssert, NeighbourAnswers> ANSWERS =
            new Subject<>("who answered", LabAssertions::assertThat, LabSoftAssertions::assertThat);

    private static final Subject<TrafficAssert, Traffic> TRAFFIC =
            new Subject<>("traffic", LabAssertions::assertThat, LabSoftAssertions::assertThat);

    static Stream<AssertionUse<?, ?>> uses() {
        return Stream.of(links(), nodes(), commands(), pings(), pages(), logIns(), neighbours(), traffic())
                .flatMap(each -> each);
    }

    // Links: up and in bridge mode, or down and in none.

    private static Stream<AssertionUse<?, ?>> links() {
        Link up = macvtap(GUEST);
        Link down = nic(CONTAINER);
        return Stream.of(
                link("hasMac", up, down, a -> a.hasMac(GUEST), "MAC address " + GUEST, "" + CONTAINER),
                link(
                        "doesNotHaveMac",
                        down,
                        up,
                        a -> a.doesNotHaveMac(GUEST),
                        "another MAC address than " + GUEST,
                        "" + GUEST),
                link(
                        "hasOtherMacThan",
                        down,
                        up,
                        a -> a.hasOtherMacThan(up),
                        "another MAC address than " + up,
                        "the same, " + GUEST),
                link("isMacvtap", up, down, LinkAssert::isMacvtap, "a macvtap", "no virtual interface"),
                link("isNotMacvtap", down, up, LinkAssert::isNotMacvtap, "no macvtap", "macvtap"),
                link(
                        "hasParent",
                        up,
                        down,
                        a -> a.hasParent(down),
                        "parent interface eth0",
                        "no parent interface here"),
                link("hasNoParent", down, up, LinkAssert::hasNoParent, "no parent interface here", "eth0"),
                link("isInMode", up, down, a -> a.isInMode(MacvtapMode.BRIDGE), "mode bridge", "no mode"),
                link(
                        "isNotInMode",
                        up,
                        down,
                        a -> a.isNotInMode(MacvtapMode.VEPA),
                        "a mode, and another than vepa",
                        "no mode"),
                link("isUp", up, down, LinkAssert::isUp, "up", "down"),
                link("isDown", down, up, LinkAssert::isDown, "down", "up"),
                link("hasCarrier", up, down, LinkAssert::hasCarrier, "a carrier", "none"),
                link("hasNoCarrier", down, up, LinkAssert::hasNoCarrier, "no carrier", "one"),
                link("hasOperState", up, down, a -> a.hasOperState("up"), "operational state up", "down"),
                link(
                        "doesNotHaveOperState",
                        down,
                        up,
                        a -> a.doesNotHaveOperState("up"),
                        "another operational state than up",
                        "up"),
                link("hasMtu", up, down, a -> a.hasMtu(1400), "MTU 1400", "MTU 1500"),
                link("isPromiscuous", up, down, LinkAssert::isPromiscuous, "promiscuous", "not promiscuous"),
                link("isNotPromiscuous", down, up, LinkAssert::isNotPromiscuous, "not promiscuous", "promiscuous"),
                link("isAllMulticast", up, down, LinkAssert::isAllMulticast, "all multicast", "not all multicast"),
                link(
                        "isNotAllMulticast",
                        down,
                        up,
                        LinkAssert::isNotAllMulticast,
                        "not all multicast",
                        "all multicast"));
    }

    private static Link macvtap(MacAddress mac) {
        return new Link(
                "node",
                "tap0",
                7,
                mac,
                Optional.of("macvtap"),
                Optional.of("eth0"),
                Optional.of("bridge"),
                true,
                true,
                "up",
                1400,
                0,
                0,
                true,
                true);
    }

    private static Link nic(MacAddress mac) {
        return new Link(
                "node",
                "eth0",
                2,
                mac,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                "down",
                1500,
                0,
                0,
                false,
                false);
    }

    private static AssertionUse<?, ?> link(
            String name, Link holds, Link broken, Consumer<LinkAssert> assertion, String expected, String found) {
        return LINK.use(
                name,
                holds,
                broken,
                assertion,
                expected,
                found,
                "Interface %s of node".formatted(broken.name()),
                broken.name().equals("eth0")
                        ? "eth0 on node (NIC, %s, mtu 1500, down)".formatted(broken.mac())
                        : "tap0 on node (macvtap mode bridge over eth0, %s, mtu 1400, up, promiscuous, all multicast)"
                                .formatted(broken.mac()));
    }

    // Nodes: what one has, and another has not.

    private static Stream<AssertionUse<?, ?>> nodes() {
        AssignedAddress ipv4 = new AssignedAddress("eth0", new InterfaceIp(IP, 24), "global");
        AssignedAddress usable = new AssignedAddress("eth0", new InterfaceIp(IP6, 64), "global");
        AssignedAddress tentative = new AssignedAddress("eth0", new InterfaceIp(IP6, 64), "global", true, false);
        AssignedAddress duplicate = new AssignedAddress("eth0", new InterfaceIp(IP6, 64), "global", true, true);
        Route route = new Route(Prefix.ALL_IPV4, Optional.of(ROUTER), "eth0");
        Route other = new Route(Prefix.ALL_IPV4, Optional.of(IP), "eth0");
        Route near = new Route(NETWORK, Optional.empty(), "eth0");
        Route refused = new Route(NETWORK, Optional.empty(), "", Optional.of("prohibit"));
        Neighbour known = new Neighbour(IP, "eth0", Optional.of(GUEST), List.of("REACHABLE"));
        Neighbour elsewhere = new Neighbour(IP, "eth0", Optional.of(CONTAINER), List.of("STALE"));
        Neighbour failed = new Neighbour(IP, "eth0", Optional.empty(), List.of("FAILED"));
        PingResult answered = ping(PingResult.Outcome.ANSWERED, 1, 1);
        PingResult silent = ping(PingResult.Outcome.SILENT, 1, 0);
        PingResult noRoute = ping(PingResult.Outcome.NO_ROUTE, 0, 0);
        AskedNode empty = new AskedNode(nic(GUEST), List.of(), List.of(), List.of(), answered);
        String ipv4Text = "198.18.9.5/24 dev eth0 scope global";
        String ipv6Text = "fd74:6170:6c62:1209::5/64 dev eth0 scope global";
        return Stream.of(
                asked(
                        "hasMac",
                        empty,
                        empty.with(nic(CONTAINER)),
                        a -> a.hasMac(GUEST),
                        "MAC address " + GUEST,
                        link(CONTAINER, "MAC address " + GUEST)),
                asked(
                        "doesNotHaveMac",
                        empty.with(nic(CONTAINER)),
                        empty,
                        a -> a.doesNotHaveMac(GUEST),
                        "another MAC address than " + GUEST,
                        link(GUEST, "another MAC address than " + GUEST)),
                node(
                        "hasIpv4Address",
                        empty.with(ipv4),
                        empty.with(usable),
                        NodeAssert::hasIpv4Address,
                        "an IPv4 address on eth0",
                        ipv6Text),
                node(
                        "hasNoIpv4Address",
                        empty.with(usable),
                        empty.with(ipv4, usable),
                        NodeAssert::hasNoIpv4Address,
                        "no IPv4 address on eth0",
                        ipv4Text),
                node(
                        "hasAddress",
                        empty.with(ipv4),
                        empty,
                        a -> a.hasAddress(IP),
                        "address 198.18.9.5 on eth0",
                        "none"),
                node(
                        "doesNotHaveAddress",
                        empty.with(usable),
                        empty.with(ipv4),
                        a -> a.doesNotHaveAddress(IP),
                        "no address 198.18.9.5 on eth0",
                        ipv4Text),
                node(
                        "hasDuplicateAddress",
                        empty.with(duplicate),
                        empty.with(tentative),
                        a -> a.hasDuplicateAddress(IP6),
                        "address fd74:6170:6c62:1209::5 on eth0, detected as a duplicate (dadfailed)",
                        ipv6Text + " tentative"),
                node(
                        "hasNoDuplicateAddress",
                        empty.with(ipv4, usable),
                        empty.with(duplicate),
                        NodeAssert::hasNoDuplicateAddress,
                        "IPv6 addresses on eth0, none of them tentative or a duplicate",
                        ipv6Text + " tentative dadfailed"),
                node(
                        "hasNoDuplicateAddress",
                        empty.with(usable),
                        empty.with(tentative),
                        NodeAssert::hasNoDuplicateAddress,
                        "IPv6 addresses on eth0, none of them tentative or a duplicate",
                        ipv6Text + " tentative"),
                node(
                        "hasNoDuplicateAddress",
                        empty.with(usable),
                        empty.with(ipv4),
                        NodeAssert::hasNoDuplicateAddress,
                        "IPv6 addresses on eth0, none of them tentative or a duplicate",
                        "none"),
                node(
                        "hasUsableAddress",
                        empty.with(usable),
                        empty.with(tentative),
                        a -> a.hasUsableAddress(IP6),
                        "address fd74:6170:6c62:1209::5 on eth0, neither tentative nor a duplicate",
                        ipv6Text + " tentative"),
                node(
                        "hasUnusableAddress",
                        empty.with(tentative),
                        empty.with(usable),
                        a -> a.hasUnusableAddress(IP6),
                        "address fd74:6170:6c62:1209::5 on eth0, tentative or a duplicate",
                        ipv6Text),
                node(
                        "hasUnusableAddress",
                        empty.with(duplicate),
                        empty,
                        a -> a.hasUnusableAddress(IP6),
                        "address fd74:6170:6c62:1209::5 on eth0, tentative or a duplicate",
                        "none"),
                node(
                        "hasDefaultRoute",
                        empty.with(route),
                        empty,
                        NodeAssert::hasDefaultRoute,
                        "a default route",
                        "none"),
                node(
                        "hasNoDefaultRoute",
                        empty,
                        empty.with(route),
                        NodeAssert::hasNoDefaultRoute,
                        "no default route",
                        "default via 198.18.9.1 dev eth0"),
                node(
                        "hasDefaultRouteVia",
                        empty.with(route),
                        empty.with(other),
                        a -> a.hasDefaultRouteVia(ROUTER),
                        "a default route via 198.18.9.1",
                        "default via 198.18.9.5 dev eth0"),
                node(
                        "hasNoDefaultRouteVia",
                        empty.with(other),
                        empty.with(route),
                        a -> a.hasNoDefaultRouteVia(ROUTER),
                        "no default route via 198.18.9.1",
                        "default via 198.18.9.1 dev eth0"),
                node(
                        "hasRoute",
                        empty.with(near),
                        empty.with(refused),
                        a -> a.hasRoute(NETWORK),
                        "a route to 198.18.9.0/24",
                        "prohibit 198.18.9.0/24"),
                node(
                        "hasNoRoute",
                        empty.with(refused, route),
                        empty.with(near),
                        a -> a.hasNoRoute(NETWORK),
                        "no route to 198.18.9.0/24",
                        "198.18.9.0/24 dev eth0"),
                node(
                        "hasNeighbour",
                        empty.with(known),
                        empty.with(elsewhere),
                        a -> a.hasNeighbour(IP, GUEST),
                        "neighbour entry 198.18.9.5 lladdr " + GUEST,
                        "198.18.9.5 dev eth0 lladdr %s STALE".formatted(CONTAINER)),
                node(
                        "hasNeighbourOtherThan",
                        empty.with(elsewhere),
                        empty.with(known),
                        a -> a.hasNeighbourOtherThan(IP, GUEST),
                        "neighbour entry 198.18.9.5 with another lladdr than " + GUEST,
                        "198.18.9.5 dev eth0 lladdr %s REACHABLE".formatted(GUEST)),
                node(
                        "hasNeighbourOtherThan",
                        empty.with(elsewhere),
                        empty.with(failed),
                        a -> a.hasNeighbourOtherThan(IP, GUEST),
                        "neighbour entry 198.18.9.5 with another lladdr than " + GUEST,
                        "198.18.9.5 dev eth0 no lladdr FAILED"),
                node(
                        "hasNoNeighbour",
                        empty.with(failed),
                        empty.with(known),
                        a -> a.hasNoNeighbour(IP),
                        "no neighbour entry 198.18.9.5 with a lladdr",
                        "198.18.9.5 dev eth0 lladdr %s REACHABLE".formatted(GUEST)),
                asked(
                        "reaches",
                        empty,
                        empty.with(silent),
                        a -> a.reaches(IP),
                        "a reply from 198.18.9.5",
                        pinged("at least one reply", "silent: 0 replies to 1 requests")),
                asked(
                        "reaches",
                        empty,
                        empty.with(silent),
                        a -> a.reaches(other()),
                        "a reply from other",
                        pinged("at least one reply", "silent: 0 replies to 1 requests")),
                asked(
                        "doesNotReach",
                        empty.with(silent),
                        empty,
                        a -> a.doesNotReach(IP),
                        "no reply from 198.18.9.5",
                        pinged("no reply to requests that were sent", "answered: 1 replies to 1 requests")),
                asked(
                        "doesNotReach",
                        empty.with(silent),
                        empty.with(noRoute),
                        a -> a.doesNotReach(IP),
                        "no reply from 198.18.9.5",
                        pinged("no reply to requests that were sent", "no route: 0 replies to 0 requests")),
                asked(
                        "hasNoRouteTo",
                        empty.with(noRoute),
                        empty.with(silent),
                        a -> a.hasNoRouteTo(IP),
                        "no route to 198.18.9.5",
                        pinged("no route", "silent: 0 replies to 1 requests")));
    }

    private static Node other() {
        Link nic = new Link(
                "other",
                "eth0",
                2,
                CONTAINER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                true,
                "up",
                1500,
                0,
                0,
                false,
                false);
        return new AskedNode(nic, List.of(), List.of(), List.of(), ping(PingResult.Outcome.ANSWERED, 1, 1)).node();
    }

    private static AssertionUse<?, ?> node(
            String name,
            AskedNode holds,
            AskedNode broken,
            Consumer<NodeAssert> assertion,
            String expected,
            String found) {
        return asked(
                name,
                holds,
                broken,
                assertion,
                expected.replace("eth0", "its NIC"),
                "Node node%n  expected: %s%n  found:    %s".formatted(expected, found));
    }

    private static AssertionUse<?, ?> asked(
            String name,
            AskedNode holds,
            AskedNode broken,
            Consumer<NodeAssert> assertion,
            String ofNull,
            String message) {
        return new AssertionUse<>(name, NODE, holds.node(), broken.node(), assertion, ofNull, message);
    }

    private static String link(MacAddress mac, String expected) {
        return "Interface eth0 of node%n  expected: %s%n  found:    %s%n  look at:  eth0 on node (NIC, %s, mtu 1500, down)"
                .formatted(expected, mac, mac);
    }

    private static String pinged(String expected, String found) {
        return "Ping from client to 198.18.9.5%n  expected: %s%n  found:    %s%n  look at:  output"
                .formatted(expected, found);
    }

    // Commands.

    private static Stream<AssertionUse<?, ?>> commands() {
        CommandResult done = command(0, "one\n  two\n");
        CommandResult silent = command(0, "\n");
        CommandResult failed = command(1, "");
        return Stream.of(
                command("succeeded", done, failed, CommandResultAssert::succeeded, "exit code 0", "exit code 1"),
                command(
                        "failed",
                        failed,
                        done,
                        CommandResultAssert::failed,
                        "a command that ran, and another exit code than 0",
                        "exit code 0"),
                command(
                        "failed",
                        failed,
                        command(127, ""),
                        CommandResultAssert::failed,
                        "a command that ran, and another exit code than 0",
                        "exit code 127, it did not run"),
                command(
                        "failed",
                        failed,
                        command(126, ""),
                        CommandResultAssert::failed,
                        "a command that ran, and another exit code than 0",
                        "exit code 126, it did not run"),
                command("hasExitCode", failed, done, a -> a.hasExitCode(1), "exit code 1", "exit code 0"),
                command("printed", done, failed, a -> a.printed("one\n  two"), "standard output \"one\n  two\"", ""),
                command(
                        "printedLine",
                        done,
                        failed,
                        a -> a.printedLine("two"),
                        "a line \"two\" of standard output",
                        "no standard output"),
                command(
                        "didNotPrintLine",
                        done,
                        failed,
                        a -> a.didNotPrintLine("three"),
                        "success, and no line \"three\" of standard output",
                        "exit code 1, no standard output"),
                command(
                        "didNotPrintLine",
                        command(0, "three"),
                        done,
                        a -> a.didNotPrintLine("two"),
                        "success, and no line \"two\" of standard output",
                        "exit code 0, standard output \"one\n  two\""),
                command(
                        "printedNothing",
                        silent,
                        failed,
                        CommandResultAssert::printedNothing,
                        "success, and no standard output",
                        "exit code 1, no standard output"),
                command(
                        "printedNothing",
                        silent,
                        done,
                        CommandResultAssert::printedNothing,
                        "success, and no standard output",
                        "exit code 0, standard output \"one\n  two\""));
    }

    private static CommandResult command(int exitCode, String stdout) {
        return new CommandResult("guest", List.of("ip", "link"), exitCode, stdout, "", TOOK);
    }

    private static AssertionUse<?, ?> command(
            String name,
            CommandResult holds,
            CommandResult broken,
            Consumer<CommandResultAssert> assertion,
            String expected,
            String found) {
        return COMMAND.use(
                name,
                holds,
                broken,
                assertion,
                expected,
                found,
                "Command on guest: ip link",
                "guest: ip link\nexit code %d after 80 ms\nstdout: %s\nstderr: (empty)"
                        .formatted(
                                broken.exitCode(),
                                broken.stdout().isBlank()
                                        ? "(empty)"
                                        : broken.stdout().strip()));
    }

    // Pings.

    private static Stream<AssertionUse<?, ?>> pings() {
        PingResult answered = ping(PingResult.Outcome.ANSWERED, 3, 3);
        PingResult lossy = ping(PingResult.Outcome.ANSWERED, 3, 2);
        PingResult silent = ping(PingResult.Outcome.SILENT, 3, 0);
        PingResult unreachable = ping(PingResult.Outcome.UNREACHABLE, 3, 0, new IcmpError(ROUTER, "words"));
        PingResult noRoute = ping(PingResult.Outcome.NO_ROUTE, 0, 0);
        String all = "answered: 3 replies to 3 requests";
        String none = "no route: 0 replies to 0 requests";
        String told = "unreachable: 0 replies to 3 requests, and \"words\" from 198.18.9.1";
        return Stream.of(
                ping("isAnswered", answered, noRoute, PingResultAssert::isAnswered, "at least one reply", none),
                ping(
                        "isAnsweredWithoutLoss",
                        answered,
                        lossy,
                        PingResultAssert::isAnsweredWithoutLoss,
                        "as many replies as requests",
                        "answered: 2 replies to 3 requests"),
                ping(
                        "isAnsweredWithoutLoss",
                        answered,
                        noRoute,
                        PingResultAssert::isAnsweredWithoutLoss,
                        "as many replies as requests",
                        none),
                ping(
                        "isAnsweredWithLoss",
                        lossy,
                        answered,
                        PingResultAssert::isAnsweredWithLoss,
                        "fewer replies than requests, and some",
                        all),
                ping(
                        "isAnsweredWithLoss",
                        lossy,
                        silent,
                        PingResultAssert::isAnsweredWithLoss,
                        "fewer replies than requests, and some",
                        "silent: 0 replies to 3 requests"),
                ping(
                        "isNotAnswered",
                        silent,
                        noRoute,
                        PingResultAssert::isNotAnswered,
                        "no reply to requests that were sent",
                        none),
                ping(
                        "isNotAnswered",
                        unreachable,
                        answered,
                        PingResultAssert::isNotAnswered,
                        "no reply to requests that were sent",
                        all),
                ping("isSilent", silent, unreachable, PingResultAssert::isSilent, "silent", told),
                ping("isUnreachable", unreachable, answered, PingResultAssert::isUnreachable, "unreachable", all),
                ping(
                        "isUnreachableAccordingTo",
                        unreachable,
                        answered,
                        a -> a.isUnreachableAccordingTo(ROUTER),
                        "unreachable according to 198.18.9.1",
                        all),
                ping("hadNoRoute", noRoute, unreachable, PingResultAssert::hadNoRoute, "no route", told),
                ping("hadRoute", silent, noRoute, PingResultAssert::hadRoute, "requests that were sent", none));
    }

    private static PingResult ping(PingResult.Outcome outcome, int sent, int received, IcmpError... errors) {
        return new PingResult("client", IP, outcome, sent, received, List.of(errors), "output");
    }

    private static AssertionUse<?, ?> ping(
            String name,
            PingResult holds,
            PingResult broken,
            Consumer<PingResultAssert> assertion,
            String expected,
            String found) {
        return PING.use(name, holds, broken, assertion, expected, found, "Ping from client to 198.18.9.5", "output");
    }

    // Pages.

    private static Stream<AssertionUse<?, ?>> pages() {
        HttpResult page = page(HttpResult.Outcome.ANSWERED, 200, "hello\n");
        HttpResult missing = page(HttpResult.Outcome.ANSWERED, 404, "");
        String answered = "answered with status 200 after 80 ms: words";
        Stream<AssertionUse<?, ?>> negations = Stream.of(
                        HttpResult.Outcome.NAME_NOT_RESOLVED,
                        HttpResult.Outcome.NO_ROUTE,
                        HttpResult.Outcome.PROHIBITED,
                        HttpResult.Outcome.ANSWERED)
                .map(nothingSent -> page(
                        "isNotAnswered",
                        page(HttpResult.Outcome.TIMED_OUT),
                        page(nothingSent),
                        HttpResultAssert::isNotAnswered,
                        "no whole answer to what was sent",
                        nothingSent.words() + " after 80 ms: words"));
        Stream<AssertionUse<?, ?>> held = Stream.of(
                        HttpResult.Outcome.REFUSED, HttpResult.Outcome.RESET, HttpResult.Outcome.BROKEN_OFF)
                .map(sent -> page(
                        "isNotAnswered",
                        page(sent),
                        page,
                        HttpResultAssert::isNotAnswered,
                        "no whole answer to what was sent",
                        answered));
        return Stream.of(
                        Stream.of(
                                page(
                                        "isAnswered",
                                        page,
                                        missing,
                                        HttpResultAssert::isAnswered,
                                        "answered with status 200",
                                        "answered with status 404 after 80 ms: words"),
                                page(
                                        "hasStatus",
                                        missing,
                                        page,
                                        a -> a.hasStatus(404),
                                        "answered with status 404",
                                        answered),
                                page(
                                        "hasOtherStatusThan",
                                        missing,
                                        page,
                                        a -> a.hasOtherStatusThan(200),
                                        "answered with another status than 200",
                                        answered),
                                page(
                                        "hasOtherStatusThan",
                                        missing,
                                        page(HttpResult.Outcome.REFUSED),
                                        a -> a.hasOtherStatusThan(200),
                                        "answered with another status than 200",
                                        "refused after 80 ms: words"),
                                page(
                                        "says",
                                        page,
                                        missing,
                                        a -> a.says("hello"),
                                        "a body with the line \"hello\"",
                                        "answered with status 404 after 80 ms: words"),
                                page(
                                        "doesNotSay",
                                        page(HttpResult.Outcome.ANSWERED, 200, "bye"),
                                        page,
                                        a -> a.doesNotSay("hello"),
                                        "an answer with a body, and without the line \"hello\"",
                                        answered),
                                page(
                                        "doesNotSay",
                                        page(HttpResult.Outcome.ANSWERED, 200, "bye"),
                                        missing,
                                        a -> a.doesNotSay("hello"),
                                        "an answer with a body, and without the line \"hello\"",
                                        "answered with status 404 after 80 ms: words"),
                                page(
                                        "doesNotSay",
                                        page(HttpResult.Outcome.ANSWERED, 200, "bye"),
                                        page(HttpResult.Outcome.TIMED_OUT),
                                        a -> a.doesNotSay("hello"),
                                        "an answer with a body, and without the line \"hello\"",
                                        "timed out after 80 ms: words"),
                                page(
                                        "hadUnknownName",
                                        page(HttpResult.Outcome.NAME_NOT_RESOLVED),
                                        page,
                                        HttpResultAssert::hadUnknownName,
                                        "name not resolved",
                                        answered),
                                page(
                                        "isRefused",
                                        page(HttpResult.Outcome.REFUSED),
                                        page,
                                        HttpResultAssert::isRefused,
                                        "refused",
                                        answered),
                                page(
                                        "wasReset",
                                        page(HttpResult.Outcome.RESET),
                                        page,
                                        HttpResultAssert::wasReset,
                                        "reset",
                                        answered),
                                page(
                                        "wasBrokenOff",
                                        page(HttpResult.Outcome.BROKEN_OFF),
                                        page,
                                        HttpResultAssert::wasBrokenOff,
                                        "broken off",
                                        answered),
                                page(
                                        "wasProhibited",
                                        page(HttpResult.Outcome.PROHIBITED),
                                        page,
                                        HttpResultAssert::wasProhibited,
                                        "prohibited",
                                        answered),
                                page(
                                        "timedOut",
                                        page(HttpResult.Outcome.TIMED_OUT),
                                        page,
                                        HttpResultAssert::timedOut,
                                        "timed out",
                                        answered),
                                page(
                                        "hadNoRoute",
                                        page(HttpResult.Outcome.NO_ROUTE),
                                        page,
                                        HttpResultAssert::hadNoRoute,
                                        "no route",
                                        answered)),
                        negations,
                        held)
                .flatMap(each -> each);
    }

    private static HttpResult page(HttpResult.Outcome outcome) {
        return new HttpResult("client", "http://www.example.com/", outcome, OptionalInt.empty(), "", TOOK, "words");
    }

    private static HttpResult page(HttpResult.Outcome outcome, int status, String body) {
        return new HttpResult(
                "client", "http://www.example.com/", outcome, OptionalInt.of(status), body, TOOK, "words");
    }

    private static AssertionUse<?, ?> page(
            String name,
            HttpResult holds,
            HttpResult broken,
            Consumer<HttpResultAssert> assertion,
            String expected,
            String found) {
        String heading = "HTTP from client to http://www.example.com/";
        return broken.body().isEmpty()
                ? HTTP.use(name, holds, broken, assertion, expected, found, heading)
                : HTTP.use(name, holds, broken, assertion, expected, found, heading, "body of 6 characters: hello");
    }

    // Log-ins.

    private static Stream<AssertionUse<?, ?>> logIns() {
        SshAttempt connected = logIn(SshAttempt.Outcome.CONNECTED);
        SshAttempt refused = logIn(SshAttempt.Outcome.REFUSED, CONTAINER);
        String found = "connected after 80 ms: words";
        String byContainer = "refused by %s after 80 ms: words".formatted(CONTAINER);
        Stream<AssertionUse<?, ?>> nothingSent = Stream.of(
                        SshAttempt.Outcome.NO_ROUTE, SshAttempt.Outcome.PROHIBITED, SshAttempt.Outcome.CONNECTED)
                .map(outcome -> logIn(
                        "isNotConnected",
                        refused,
                        logIn(outcome),
                        SshAttemptAssert::isNotConnected,
                        "no log-in, after something was sent",
                        outcome.words() + " after 80 ms: words"));
        Stream<AssertionUse<?, ?>> sent = Stream.of(
                        SshAttempt.Outcome.RESET,
                        SshAttempt.Outcome.BROKEN_OFF,
                        SshAttempt.Outcome.TIMED_OUT,
                        SshAttempt.Outcome.HOST_KEY_MISMATCH,
                        SshAttempt.Outcome.AUTHENTICATION_FAILED)
                .map(outcome -> logIn(
                        "isNotConnected",
                        logIn(outcome),
                        connected,
                        SshAttemptAssert::isNotConnected,
                        "no log-in, after something was sent",
                        found));
        return Stream.of(
                        Stream.of(
                                logIn(
                                        "isConnected",
                                        connected,
                                        refused,
                                        SshAttemptAssert::isConnected,
                                        "connected",
                                        byContainer),
                                logIn("isRefused", refused, connected, SshAttemptAssert::isRefused, "refused", found),
                                logIn(
                                        "isRefusedBy",
                                        refused,
                                        connected,
                                        a -> a.isRefusedBy(CONTAINER),
                                        "refused by " + CONTAINER,
                                        found),
                                logIn(
                                        "isRefusedByOtherThan",
                                        logIn(SshAttempt.Outcome.REFUSED, GUEST),
                                        refused,
                                        a -> a.isRefusedByOtherThan(CONTAINER),
                                        "refused by another machine than " + CONTAINER,
                                        byContainer),
                                logIn(
                                        "isRefusedByOtherThan",
                                        logIn(SshAttempt.Outcome.REFUSED, GUEST),
                                        logIn(SshAttempt.Outcome.REFUSED),
                                        a -> a.isRefusedByOtherThan(CONTAINER),
                                        "refused by another machine than " + CONTAINER,
                                        "refused, by whom was not seen, after 80 ms: words"),
                                logIn(
                                        "wasReset",
                                        logIn(SshAttempt.Outcome.RESET),
                                        connected,
                                        SshAttemptAssert::wasReset,
                                        "reset",
                                        found),
                                logIn(
                                        "wasBrokenOff",
                                        logIn(SshAttempt.Outcome.BROKEN_OFF),
                                        connected,
                                        SshAttemptAssert::wasBrokenOff,
                                        "broken off",
                                        found),
                                logIn(
                                        "wasProhibited",
                                        logIn(SshAttempt.Outcome.PROHIBITED),
                                        connected,
                                        SshAttemptAssert::wasProhibited,
                                        "prohibited",
                                        found),
                                logIn(
                                        "timedOut",
                                        logIn(SshAttempt.Outcome.TIMED_OUT),
                                        connected,
                                        SshAttemptAssert::timedOut,
                                        "timed out",
                                        found),
                                logIn(
                                        "hadNoRoute",
                                        logIn(SshAttempt.Outcome.NO_ROUTE),
                                        connected,
                                        SshAttemptAssert::hadNoRoute,
                                        "no route",
                                        found),
                                logIn(
                                        "hadHostKeyMismatch",
                                        logIn(SshAttempt.Outcome.HOST_KEY_MISMATCH),
                                        connected,
                                        SshAttemptAssert::hadHostKeyMismatch,
                                        "host key mismatch",
                                        found),
                                logIn(
                                        "failedAuthentication",
                                        logIn(SshAttempt.Outcome.AUTHENTICATION_FAILED),
                                        connected,
                                        SshAttemptAssert::failedAuthentication,
                                        "authentication failed",
                                        found),
                                logIn(
                                        "failedAuthenticationOffering",
                                        turnedDown("publickey"),
                                        connected,
                                        a -> a.failedAuthenticationOffering("publickey"),
                                        "authentication failed, offering [publickey]",
                                        found),
                                logIn(
                                        "failedAuthenticationOffering",
                                        turnedDown("publickey"),
                                        turnedDown("publickey,password"),
                                        a -> a.failedAuthenticationOffering("publickey"),
                                        "authentication failed, offering [publickey]",
                                        "authentication failed after 80 ms: Permission denied (publickey,password)")),
                        nothingSent,
                        sent)
                .flatMap(each -> each);
    }

    private static SshAttempt logIn(SshAttempt.Outcome outcome, MacAddress... refusedBy) {
        return new SshAttempt(
                "client",
                "guest",
                IP,
                outcome,
                TOOK,
                "words",
                Stream.of(refusedBy).findFirst(),
                List.of());
    }

    private static SshAttempt turnedDown(String methods) {
        return new SshAttempt(
                "client",
                "guest",
                IP,
                SshAttempt.Outcome.AUTHENTICATION_FAILED,
                TOOK,
                "Permission denied (%s)".formatted(methods),
                Optional.empty(),
                List.of());
    }

    private static AssertionUse<?, ?> logIn(
            String name,
            SshAttempt holds,
            SshAttempt broken,
            Consumer<SshAttemptAssert> assertion,
            String expected,
            String found) {
        return SSH.use(
                name,
                holds,
                broken,
                assertion,
                expected,
                found,
                "SSH from client to guest at 198.18.9.5",
                "neighbour entry of 198.18.9.5 on client right afterwards: none");
    }

    // Who has an address.

    private static Stream<AssertionUse<?, ?>> neighbours() {
        NeighbourAnswers guest = answers(GUEST);
        NeighbourAnswers both = answers(GUEST, CONTAINER);
        NeighbourAnswers none = answers();
        String byBoth = "answers from %s and %s".formatted(CONTAINER, GUEST);
        return Stream.of(
                answers(
                        "isAnswered",
                        guest,
                        none,
                        NeighbourAnswersAssert::isAnswered,
                        "at least one answer",
                        "nobody answered"),
                answers(
                        "isAnsweredBy",
                        both,
                        guest,
                        a -> a.isAnsweredBy(GUEST, CONTAINER),
                        byBoth,
                        "answers from " + GUEST),
                answers(
                        "isAnsweredOnlyBy",
                        guest,
                        both,
                        a -> a.isAnsweredOnlyBy(GUEST),
                        "answers from %s and from nobody else".formatted(GUEST),
                        byBoth),
                answers(
                        "isNotAnsweredBy",
                        guest,
                        both,
                        a -> a.isNotAnsweredBy(CONTAINER),
                        "no answer from " + CONTAINER,
                        byBoth),
                answers(
                        "isNotAnsweredBy",
                        none,
                        guest,
                        a -> a.isNotAnsweredBy(GUEST, CONTAINER),
                        "no answer from %s or %s".formatted(CONTAINER, GUEST),
                        "answers from " + GUEST),
                answers(
                        "isNotAnswered",
                        none,
                        guest,
                        NeighbourAnswersAssert::isNotAnswered,
                        "no answer",
                        "answers from " + GUEST));
    }

    private static NeighbourAnswers answers(MacAddress... macs) {
        return new NeighbourAnswers("client", IP, new TreeSet<>(List.of(macs)), "output");
    }

    private static AssertionUse<?, ?> answers(
            String name,
            NeighbourAnswers holds,
            NeighbourAnswers broken,
            Consumer<NeighbourAnswersAssert> assertion,
            String expected,
            String found) {
        return ANSWERS.use(
                name, holds, broken, assertion, expected, found, "ARP who-has 198.18.9.5, asked by client", "output");
    }

    // What passed.

    private static Stream<AssertionUse<?, ?>> traffic() {
        FrameKind question = FrameKind.questionFor(PassedFrames.GUEST_IP);
        FrameKind answer = FrameKind.answerFor(PassedFrames.GUEST_IP);
        FrameKind echo = FrameKind.echoRequestTo(PassedFrames.GUEST_IP);
        String asks =
                "%s > ff:ff:ff:ff:ff:ff ARP who has 198.18.9.5? tell 198.18.9.4".formatted(PassedFrames.CLIENT_MAC);
        String answers = "%s > %s ARP 198.18.9.5 is at %1$s".formatted(PassedFrames.GUEST_MAC, PassedFrames.CLIENT_MAC);
        String other =
                "%s > %s ARP 198.18.9.5 is at %1$s".formatted(PassedFrames.LAUNCHER_MAC, PassedFrames.CLIENT_MAC);
        String request = "%s > %s IPv4 198.18.9.4 > 198.18.9.5 ICMP echo request"
                .formatted(PassedFrames.CLIENT_MAC, PassedFrames.GUEST_MAC);
        Traffic nothing = new PassedFrames().whole();
        Traffic unasked =
                new PassedFrames().in("client/eth0", PassedFrames.ANSWER).whole();
        Traffic asked =
                new PassedFrames().out("client/eth0", PassedFrames.QUESTION).whole();
        Traffic both = new PassedFrames()
                .in("client/eth0", PassedFrames.ANSWER)
                .in("client/eth0", PassedFrames.OTHER_ANSWER)
                .whole();
        Traffic delivered = new PassedFrames().echo().whole();
        Traffic lost = new PassedFrames().lostEcho().whole();
        String seenLost = "+0.000 ms client/eth0 out: %s\n+1.000 ms launcher/eth0 in: %1$s".formatted(request);
        String seenAnswer = "+0.000 ms client/eth0 in: " + answers;
        return Stream.of(
                passed(
                        "hasQuestionsFor",
                        asked,
                        unasked,
                        a -> a.hasQuestionsFor(PassedFrames.GUEST_IP, PassedFrames.CLIENT_MAC),
                        "question for 198.18.9.5 from %s and from nobody else".formatted(PassedFrames.CLIENT_MAC),
                        "none",
                        seenAnswer),
                passed(
                        "hasNoQuestionFor",
                        unasked,
                        asked,
                        a -> a.hasNoQuestionFor(PassedFrames.GUEST_IP),
                        "no question for 198.18.9.5",
                        "from " + PassedFrames.CLIENT_MAC,
                        "+0.000 ms client/eth0 out: " + asks),
                passed(
                        "hasAnswersFor",
                        unasked,
                        both,
                        a -> a.hasAnswersFor(PassedFrames.GUEST_IP, PassedFrames.GUEST_MAC),
                        "answer for 198.18.9.5 from %s and from nobody else".formatted(PassedFrames.GUEST_MAC),
                        "from %s and from %s".formatted(PassedFrames.LAUNCHER_MAC, PassedFrames.GUEST_MAC),
                        seenAnswer + "\n+1.000 ms client/eth0 in: " + other),
                passed(
                        "hasAnswersFor",
                        both,
                        unasked,
                        a -> a.hasAnswersFor(PassedFrames.GUEST_IP, PassedFrames.GUEST_MAC, PassedFrames.LAUNCHER_MAC),
                        "answer for 198.18.9.5 from %s and from %s and from nobody else"
                                .formatted(PassedFrames.LAUNCHER_MAC, PassedFrames.GUEST_MAC),
                        "from " + PassedFrames.GUEST_MAC,
                        seenAnswer),
                passed(
                        "hasNoAnswerFor",
                        nothing,
                        unasked,
                        a -> a.hasNoAnswerFor(PassedFrames.GUEST_IP),
                        "no answer for 198.18.9.5",
                        "from " + PassedFrames.GUEST_MAC,
                        seenAnswer),
                passed(
                        "hasPassed",
                        delivered,
                        lost,
                        a -> a.hasPassed(echo, PassedFrames.CLIENT, PassedFrames.LAUNCHER, PassedFrames.GUEST),
                        "echo request to 198.18.9.5 at eth0 of client, and then at eth0 of launcher, "
                                + "and then at macvtap0 of launcher (guest)",
                        "at eth0 of client, and then at eth0 of launcher, "
                                + "and then not at macvtap0 of launcher (guest)",
                        seenLost),
                passed(
                        "hasPassed",
                        delivered,
                        nothing,
                        a -> a.hasPassed(echo, PassedFrames.GUEST),
                        "echo request to 198.18.9.5 at macvtap0 of launcher (guest)",
                        "none at macvtap0 of launcher (guest)",
                        "nothing passed"),
                passed(
                        "hasNotPassed",
                        nothing,
                        lost,
                        a -> a.hasNotPassed(echo, PassedFrames.GUEST, PassedFrames.LAUNCHER),
                        "no echo request to 198.18.9.5 at macvtap0 of launcher (guest) or eth0 of launcher",
                        "+1.000 ms launcher/eth0 in: " + request,
                        "+1.000 ms launcher/eth0 in: " + request),
                passed(
                        "hasPassedTimes",
                        lost,
                        new PassedFrames()
                                .lostEcho()
                                .in("launcher/eth0", PassedFrames.echoRequest(2))
                                .whole(),
                        a -> a.hasPassedTimes(1, echo, PassedFrames.LAUNCHER),
                        "1 × echo request to 198.18.9.5 at eth0 of launcher",
                        "2 × echo request to 198.18.9.5",
                        "+1.000 ms launcher/eth0 in: %s\n+2.000 ms launcher/eth0 in: %1$s".formatted(request)),
                passed(
                        "hasPassedBefore",
                        new PassedFrames()
                                .out("client/eth0", PassedFrames.QUESTION)
                                .out("launcher/macvtap0", PassedFrames.ANSWER)
                                .whole(),
                        new PassedFrames()
                                .out("launcher/macvtap0", PassedFrames.ANSWER)
                                .out("client/eth0", PassedFrames.QUESTION)
                                .whole(),
                        a -> a.hasPassedBefore(question, PassedFrames.CLIENT, answer, PassedFrames.GUEST),
                        "question for 198.18.9.5 at eth0 of client, "
                                + "and later answer for 198.18.9.5 at macvtap0 of launcher (guest)",
                        "1 × the first, 1 × the second, and none of these after one of those",
                        "+0.000 ms launcher/macvtap0 out: %s\n+1.000 ms client/eth0 out: %s".formatted(answers, asks)));
    }

    private static AssertionUse<?, ?> passed(
            String name,
            Traffic holds,
            Traffic broken,
            Consumer<TrafficAssert> assertion,
            String expected,
            String found,
            String seen) {
        return TRAFFIC.use(name, holds, broken, assertion, expected, found, "What passed in the lab", seen);
    }

    // What is true of each.

    @ParameterizedTest
    @MethodSource("uses")
    void holds(AssertionUse<?, ?> use) {
        assertThatCode(use::callOnWhatHolds).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("uses")
    void saysWhatWasExpectedAndFoundBelowItsDescription(AssertionUse<?, ?> use) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> use.call(""))
                .withMessage(use.message());
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> use.call("after 100 % of the steps"))
                .withMessage("[after 100 % of the steps] " + use.message());
    }

    @ParameterizedTest
    @MethodSource("uses")
    void saysWhatItIsToldToSay(AssertionUse<?, ?> use) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> use.callWithMessage("step 3", "the switch is off"))
                .withMessage("[step 3] the switch is off");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> use.callOverridden("the switch is off"))
                .withMessage("the switch is off");
    }

    @ParameterizedTest
    @MethodSource("uses")
    void saysOfNullWhatShouldHaveBeenThere(AssertionUse<?, ?> use) {
        String sentence = "Expecting actual not to be null but %s, with: %s"
                .formatted(use.subject().kind(), use.ofNull());

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> use.callOnNull(""))
                .withMessage(sentence);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> use.callOnNull("step 3"))
                .withMessage("[step 3] " + sentence);
    }

    @ParameterizedTest
    @MethodSource("uses")
    void isCollectedWhereItIsSoft(AssertionUse<?, ?> use) {
        LabSoftAssertions softly = new LabSoftAssertions();

        use.callSoftly(softly);

        assertThat(softly.assertionErrorsCollected()).hasSize(2);
        // AssertJ adds in which line.
        assertThat(softly.assertionErrorsCollected().get(0).getMessage()).startsWith(use.message());
        assertThat(softly.assertionErrorsCollected().get(1).getMessage()).startsWith("[again] " + use.message());
    }

    @Test
    void noAssertionIsLeftOut() {
        for (Class<?> type : List.of(
                LinkAssert.class,
                NodeAssert.class,
                CommandResultAssert.class,
                PingResultAssert.class,
                HttpResultAssert.class,
                SshAttemptAssert.class,
                NeighbourAnswersAssert.class,
                TrafficAssert.class)) {
            List<Method> assertions = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                    .toList();

            assertThat(uses().filter(use -> use.plain().getClass() == type).map(AssertionUse::name))
                    .as(type.getSimpleName())
                    .containsAll(assertions.stream().map(Method::getName).toList());
            // Of another assert object AssertJ's soft assertions would know nothing.
            assertThat(assertions).allMatch(method -> method.getReturnType() == type);
        }
    }

    @Test
    void nothingReachesNoNode() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> LabAssertions.assertThat((@Nullable Node) null)
                        .as("step 3")
                        .doesNotReach(other()))
                .withMessage("[step 3] Expecting actual not to be null but a node, with: no reply from other");
    }

    @Test
    void aMacvtapInTheModeIsNotInAnother() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> LabAssertions.assertThat(macvtap(GUEST)).isNotInMode(MacvtapMode.BRIDGE))
                .withMessageContaining("expected: a mode, and another than bridge%n  found:    bridge".formatted());
    }

    @Test
    void answersOfNobodyInParticularAreRefused() {
        NeighbourAnswersAssert any = LabAssertions.assertThat(answers(GUEST));
        for (Runnable call : List.<Runnable>of(any::isAnsweredBy, any::isAnsweredOnlyBy, any::isNotAnsweredBy)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessage("Whose answers? At least one MAC address must be given, found none");
        }
    }
}
