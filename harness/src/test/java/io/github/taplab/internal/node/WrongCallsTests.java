package io.github.taplab.internal.node;

import static io.github.taplab.WrongUse.nothing;
import static io.github.taplab.WrongUse.wrongUse;

import io.github.taplab.WrongUse;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Ports;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of nodes with arguments that mean nothing. No container is there: none may be asked. */
class WrongCallsTests {

    private static final MacAddress MAC = MacAddress.of("02:9e:12:09:00:01");
    private static final InetAddress IP = InterfaceIp.ip("198.18.9.2");
    private static final InetAddress IP6 = InterfaceIp.ip("fd00::2");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ClientHandle CLIENT =
            new ClientHandle("client", "eth0", nothing(), nothingOfAPort(), Optional::empty);

    static Stream<WrongUse> commands() {
        String program = "client.run: a command is a program and its arguments, such as \"ip\", \"link\", found none";
        return Stream.of(
                wrongUse("run: nothing", () -> CLIENT.run(), program),
                wrongUse("tryRun: null", () -> CLIENT.tryRun((String[]) nothing()), program),
                wrongUse("run: an empty program", () -> CLIENT.run("", "a"), word(1, "a program's name", "\"\"")),
                wrongUse("run: a blank program", () -> CLIENT.run(" "), word(1, "a program's name", "\" \"")),
                wrongUse(
                        "run: a program null",
                        () -> CLIENT.run((String) nothing(), "a"),
                        word(1, "a program's name", "null")),
                wrongUse("run: an argument null", () -> CLIENT.run("ip", nothing()), word(2, "a text", "null")),
                wrongUse("run: NUL in an argument", () -> CLIENT.run("ip", "a\0b"), word(2, "a text", "\"a\\u0000b\"")),
                wrongUse("sh: null", () -> CLIENT.sh(nothing()), word(3, "a text", "null")),
                wrongUse("run: no time at all", () -> CLIENT.run(Duration.ZERO, "ip"), deadline("run", "PT0S")),
                wrongUse("run: time run backwards", () -> CLIENT.run(SECOND.negated(), "ip"), deadline("run", "PT-1S")),
                wrongUse(
                        "run: more than a JVM can count",
                        () -> CLIENT.run(Duration.ofSeconds(Long.MAX_VALUE), "ip"),
                        deadline("run", "PT2562047788015215H30M7S")),
                wrongUse(
                        "run: deadline null",
                        () -> CLIENT.run((Duration) nothing(), "ip"),
                        given("run", "a deadline")));
    }

    static Stream<WrongUse> links() {
        return Stream.of(
                wrongUse("link: null", () -> CLIENT.link(nothing()), given("link", "the name of an interface")),
                wrongUse("link: nothing", () -> CLIENT.link(""), link("link", "\"\"")),
                wrongUse("link: an option", () -> CLIENT.link("-a"), link("link", "\"-a\"")),
                wrongUse("setUp: a long option", () -> CLIENT.setUp("--help"), link("setUp", "\"--help\"")),
                wrongUse("setDown: two words", () -> CLIENT.setDown("eth0 up"), link("setDown", "\"eth0 up\"")),
                wrongUse(
                        "takeDown: 16 characters",
                        () -> CLIENT.takeDown("a".repeat(16)),
                        link("takeDown", "\"aaaaaaaaaaaaaaaa\"")),
                wrongUse("takeDown: a path", () -> CLIENT.takeDown("../eth0"), link("takeDown", "\"../eth0\"")),
                wrongUse("takeDown: a dot", () -> CLIENT.takeDown("."), link("takeDown", "\".\"")),
                wrongUse("groups: an alias", () -> CLIENT.groups("eth0:1"), link("groups", "\"eth0:1\"")),
                wrongUse(
                        "promiscuous: a line's end",
                        () -> CLIENT.enablePromiscuousMode("eth0\n"),
                        link("enablePromiscuousMode", "\"eth0\\n\"")),
                wrongUse(
                        "all groups: NUL",
                        () -> CLIENT.enableAllMulticast("a\0"),
                        link("enableAllMulticast", "\"a\\u0000\"")),
                wrongUse("overrideMtu: no interface", () -> CLIENT.overrideMtu("", 1400), link("overrideMtu", "\"\"")),
                wrongUse(
                        "overrideMtu: 0",
                        () -> CLIENT.overrideMtu("eth0", 0),
                        range("overrideMtu", "an MTU in bytes", 68, 65_535, 0)),
                wrongUse(
                        "overrideMtu: -1",
                        () -> CLIENT.overrideMtu("eth0", -1),
                        range("overrideMtu", "an MTU in bytes", 68, 65_535, -1)),
                wrongUse(
                        "overrideMtu: 65536",
                        () -> CLIENT.overrideMtu("eth0", 65_536),
                        range("overrideMtu", "an MTU in bytes", 68, 65_535, 65_536)));
    }

    static Stream<WrongUse> addresses() {
        String station = "the MAC address of an interface is one station's: the lowest bit of its first octet is clear,"
                + " and not all are, found ";
        return Stream.of(
                wrongUse("setMac: null", () -> CLIENT.setMac(nothing()), given("setMac", "a MAC address")),
                wrongUse(
                        "setMac: broadcast",
                        () -> CLIENT.setMac(MacAddress.BROADCAST),
                        "client.setMac: " + station + "ff:ff:ff:ff:ff:ff"),
                wrongUse(
                        "setMac: nobody's",
                        () -> CLIENT.setMac(new MacAddress(0)),
                        "client.setMac: " + station + "00:00:00:00:00:00"),
                wrongUse(
                        "spoofMac: a group's",
                        () -> CLIENT.spoofMac(MacAddress.of("01:00:5e:00:00:01")),
                        "client.spoofMac: " + station + "01:00:5e:00:00:01"),
                wrongUse("spoofMac: null", () -> CLIENT.spoofMac(nothing()), given("spoofMac", "a MAC address")),
                wrongUse("addAddress: null", () -> CLIENT.addAddress(nothing()), given("addAddress", "an address")),
                wrongUse(
                        "removeAddress: null",
                        () -> CLIENT.removeAddress(nothing()),
                        given("removeAddress", "an address")),
                wrongUse(
                        "addDefaultRoute: null",
                        () -> CLIENT.addDefaultRoute(nothing()),
                        given("addDefaultRoute", "the next hop")),
                wrongUse(
                        "addRoute: network null", () -> CLIENT.addRoute(nothing(), IP), given("addRoute", "a network")),
                wrongUse(
                        "addRoute: hop null",
                        () -> CLIENT.addRoute(Prefix.of("198.18.8.0/24"), nothing()),
                        given("addRoute", "the next hop")),
                wrongUse(
                        "addRoute: two families",
                        () -> CLIENT.addRoute(Prefix.of("198.18.8.0/24"), IP6),
                        "client.addRoute: a network and its next hop are both IPv4 or both IPv6,"
                                + " found 198.18.8.0 and fd00::2"),
                wrongUse("removeRoute: null", () -> CLIENT.removeRoute(nothing()), given("removeRoute", "a network")),
                wrongUse("whoHas: null", () -> CLIENT.whoHas(nothing()), given("whoHas", "an IP address")),
                wrongUse("announce: null", () -> CLIENT.announce(nothing()), given("announce", "an IP address")),
                wrongUse("joinGroup: null", () -> CLIENT.joinGroup(nothing()), given("joinGroup", "a group")),
                wrongUse(
                        "joinGroup: one station",
                        () -> CLIENT.joinGroup(MAC),
                        "02:9e:12:09:00:01 is one station's address, a group's has the lowest bit of its first octet set"),
                wrongUse(
                        "serveDhcp: first null",
                        () -> CLIENT.serveDhcp(nothing(), IP),
                        given("serveDhcp", "the first address")),
                wrongUse(
                        "serveDhcp: last null",
                        () -> CLIENT.serveDhcp(IP, nothing()),
                        given("serveDhcp", "the last address")),
                wrongUse(
                        "serveDhcp: IPv6",
                        () -> CLIENT.serveDhcp(IP, IP6),
                        "DHCP is for IPv4 addresses, found fd00::2"),
                wrongUse(
                        "advertiseRouter: network null",
                        () -> CLIENT.advertiseRouter(nothing()),
                        given("advertiseRouter", "a network")),
                wrongUse(
                        "advertiseRouter: IPv4",
                        () -> CLIENT.advertiseRouter(Prefix.ALL_IPV4),
                        "A router advertises IPv6 networks of 64 bits, found 0.0.0.0/0"),
                wrongUse(
                        "advertiseRouter: too short",
                        () -> CLIENT.advertiseRouter(Prefix.of("fd00::/48")),
                        "A router advertises IPv6 networks of 64 bits, found fd00::/48"),
                wrongUse(
                        "forgeArpAnswers: IP null",
                        () -> CLIENT.forgeArpAnswers(nothing(), MAC),
                        given("forgeArpAnswers", "an IPv4 address")),
                wrongUse(
                        "forgeArpAnswers: MAC null",
                        () -> CLIENT.forgeArpAnswers(IP, nothing()),
                        given("forgeArpAnswers", "a MAC address")),
                wrongUse(
                        "forgeArpAnswers: IPv6",
                        () -> CLIENT.forgeArpAnswers(IP6, MAC),
                        "ARP asks for IPv4 addresses, found fd00::2"),
                wrongUse(
                        "poisonNeighbour: IP null",
                        () -> CLIENT.poisonNeighbour(nothing(), MAC),
                        given("poisonNeighbour", "an IP address")),
                wrongUse(
                        "poisonNeighbour: MAC null",
                        () -> CLIENT.poisonNeighbour(IP, nothing()),
                        given("poisonNeighbour", "a MAC address")),
                wrongUse("impair: null", () -> CLIENT.impair(nothing()), given("impair", "an impairment")),
                wrongUse(
                        "partitionFrom: null",
                        () -> CLIENT.partitionFrom(nothing()),
                        given("partitionFrom", "the other node")),
                wrongUse(
                        "partitionFrom: itself",
                        () -> CLIENT.partitionFrom(CLIENT),
                        "client can't be partitioned from itself"));
    }

    static Stream<WrongUse> reaching() {
        String noUrl = " does not begin with http://, a URL such as http://www.example.com/ does";
        return Stream.of(
                wrongUse("ping: null", () -> CLIENT.ping(nothing()), given("ping", "an IP address")),
                wrongUse("ping: null, often", () -> CLIENT.ping(nothing(), 3), given("ping", "an IP address")),
                wrongUse(
                        "ping: not once",
                        () -> CLIENT.ping(IP, 0),
                        range("ping", "the number of requests", 1, 1_000, 0)),
                wrongUse(
                        "ping: -1 times",
                        () -> CLIENT.ping(IP, -1),
                        range("ping", "the number of requests", 1, 1_000, -1)),
                wrongUse(
                        "ping: for ever",
                        () -> CLIENT.ping(IP, Integer.MAX_VALUE),
                        range("ping", "the number of requests", 1, 1_000, Integer.MAX_VALUE)),
                wrongUse("ssh: null", () -> CLIENT.ssh(nothing()), given("ssh", "a guest")),
                wrongUse("ssh: guest null", () -> CLIENT.ssh(nothing(), IP), given("ssh", "a guest")),
                wrongUse(
                        "sshWithPassword: null",
                        () -> CLIENT.sshWithPassword(nothing(), "a", "b"),
                        given("sshWithPassword", "a guest")),
                wrongUse("httpGet: null", () -> CLIENT.httpGet(nothing()), given("httpGet", "a URL")),
                wrongUse("httpGet: nothing", () -> CLIENT.httpGet(""), "\"\"" + noUrl),
                wrongUse("httpGet: an option", () -> CLIENT.httpGet("--help"), "\"--help\"" + noUrl),
                wrongUse(
                        "httpGet: https",
                        () -> CLIENT.httpGet("https://a.example/"),
                        "\"https://a.example/\"" + noUrl));
    }

    static Stream<WrongUse> frames() {
        String filter = "client.capture: a filter is an expression of pcap-filter(7) such as \"tcp port 22\","
                + " without control characters, and does not begin with '-', found ";
        return Stream.of(
                wrongUse(
                        "capture: interface null",
                        () -> CLIENT.capture(nothing(), "arp"),
                        given("capture", "the name of an interface")),
                wrongUse("capture: an option", () -> CLIENT.capture("-D", "arp"), link("capture", "\"-D\"")),
                wrongUse(
                        "capture: filter null",
                        () -> CLIENT.capture("eth0", nothing()),
                        given("capture", "a filter, which may be empty,")),
                wrongUse("capture: filter like an option", () -> CLIENT.capture("eth0", "-w /x"), filter + "\"-w /x\""),
                wrongUse("capture: NUL", () -> CLIENT.capture("eth0", "arp\0"), filter + "\"arp\\u0000\""),
                wrongUse(
                        "send: no interface",
                        () -> CLIENT.send("", EthernetFrame.probe(MAC, MAC)),
                        link("send", "\"\"")),
                wrongUse("send: null", () -> CLIENT.send("eth0", nothing()), given("send", "a frame")),
                wrongUse(
                        "deliver: to null",
                        () -> CLIENT.deliver(nothing(), nothing()),
                        given("deliver", "a MAC address")),
                wrongUse("deliver: guest null", () -> CLIENT.deliver(MAC, nothing()), given("deliver", "a guest")),
                wrongUse(
                        "frame: an EtherType that is a length",
                        () -> EthernetFrame.of(MAC, MAC, 0x05ff),
                        "An EtherType is 0x0600 to 0xffff, found 0x05ff"),
                wrongUse(
                        "frame: an EtherType of 17 bits",
                        () -> EthernetFrame.of(MAC, MAC, 0x10000),
                        "An EtherType is 0x0600 to 0xffff, found 0x10000"),
                wrongUse(
                        "frame: from null",
                        () -> EthernetFrame.of(nothing(), MAC, 0x0800),
                        "A frame has a source, found null"),
                wrongUse(
                        "frame: to null",
                        () -> EthernetFrame.probe(MAC, nothing()),
                        "A frame has a destination, found null"),
                wrongUse(
                        "frame: VLAN -1",
                        () -> EthernetFrame.probe(MAC, MAC).withVlan(-1),
                        "A VLAN id is 0 to 4094, found -1"),
                wrongUse(
                        "frame: VLAN 4095",
                        () -> EthernetFrame.probe(MAC, MAC).withVlan(4095),
                        "A VLAN id is 0 to 4094, found 4095"),
                wrongUse(
                        "frame: ARP for IPv6",
                        () -> EthernetFrame.gratuitousArp(MAC, IP6),
                        "ARP is for IPv4 addresses, found fd00::2;"
                                + " what IPv6 has instead is a neighbour advertisement"),
                wrongUse(
                        "frame: ARP for null",
                        () -> EthernetFrame.gratuitousArp(MAC, nothing()),
                        "An ARP packet has IP addresses, found null"),
                wrongUse(
                        "frame: an advertisement of IPv4",
                        () -> EthernetFrame.neighbourAdvertisement(MAC, IP),
                        "Neighbour advertisements are for IPv6 addresses, found 198.18.9.2;"
                                + " what IPv4 has instead is gratuitous ARP"),
                wrongUse(
                        "frame: UDP of two families",
                        () -> EthernetFrame.udp(MAC, IP, MAC, IP6, new Ports(1, 2)),
                        "A packet's addresses are both IPv4 or both IPv6, found 198.18.9.2 and fd00::2"),
                wrongUse(
                        "frame: UDP with more than its length can say",
                        () -> EthernetFrame.udp(MAC, IP, MAC, IP, new Ports(1, 2), new byte[65_508]),
                        "A UDP datagram has at most 65507 bytes, found 65508"),
                wrongUse("ports: -1", () -> new Ports(-1, 2), "A port is 0 to 65535, found -1 and 2"),
                wrongUse("ports: 65536", () -> new Ports(1, 65_536), "A port is 0 to 65535, found 1 and 65536"));
    }

    @ParameterizedTest
    @MethodSource({"commands", "links", "addresses", "reaching", "frames"})
    void isRefusedBeforeAnythingIsAsked(WrongUse use) {
        use.check();
    }

    private static SwitchPort nothingOfAPort() {
        return new SwitchPort() {
            @Override
            public io.github.taplab.node.Undo enableHairpin(
                    io.github.taplab.internal.docker.LeasedContainer node, String nic) {
                throw new AssertionError("asked");
            }

            @Override
            public io.github.taplab.node.Undo setDown(
                    io.github.taplab.internal.docker.LeasedContainer node, String nic) {
                throw new AssertionError("asked");
            }
        };
    }

    private static String given(String verb, String what) {
        return "client.%s: %s must be given, found null".formatted(verb, what);
    }

    private static String link(String verb, String found) {
        return ("client.%s: the name of an interface has 1 to 15 characters, no white space, '/' or ':' among them,"
                        + " and does not begin with '-', found %s")
                .formatted(verb, found);
    }

    private static String range(String verb, String what, int least, int most, int found) {
        return "client.%s: %s is %d to %d, found %d".formatted(verb, what, least, most, found);
    }

    private static String deadline(String verb, String found) {
        return "client.%s: a deadline is longer than zero and at most PT24H, found %s".formatted(verb, found);
    }

    private static String word(int place, String what, String found) {
        return "client.run: word %d of a command is %s without NUL characters, found %s".formatted(place, what, found);
    }
}
