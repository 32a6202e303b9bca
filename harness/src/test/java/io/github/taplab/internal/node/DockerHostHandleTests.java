package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Shell;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Impairment;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every verb of a gateway, and what becomes of it on the Docker host. */
class DockerHostHandleTests {

    private static final InetAddress IP = InterfaceIp.ip("198.18.9.4");
    private static final InterfaceIp OWN = InterfaceIp.of("198.18.9.4/24");
    private static final MacAddress MAC = MacAddress.of("02:c1:12:09:00:04");
    private static final MacAddress GROUP = MacAddress.of("01:00:5e:00:00:fb");

    /** Looks at the host, or has it talk. */
    private static final Set<String> DONE = Set.of(
            "addresses()",
            "announce(InetAddress)",
            "capture(String, String)",
            "interfaceIp()",
            "interfaceIp6()",
            "groups(String)",
            "httpGet(String)",
            "ip()",
            "ip6()",
            "link(String)",
            "links()",
            "mac()",
            "name()",
            "neighbours()",
            "nic()",
            "ping(InetAddress)",
            "ping(InetAddress, int)",
            "routes()",
            "ssh(Guest)",
            "ssh(Guest, InetAddress)",
            "sshWithPassword(Guest, String, String)",
            "whoHas(InetAddress)");

    /** A command of the user's own, which the kernel refuses what it may not do. */
    private static final Set<String> WITHOUT_NET_ADMIN = Set.of(
            "run(Duration, String[])", "run(String[])", "sh(String)", "tryRun(Duration, String[])", "tryRun(String[])");

    /** Done on the lab's own bridge, and there only. */
    private static final Set<String> ON_THE_BRIDGE =
            Set.of("flushNeighbours()", "send(EthernetFrame)", "send(String, EthernetFrame)");

    /** Of the internet, which a lab with such a gateway never has. */
    private static final Set<String> OF_THE_INTERNET = Set.of("wanNic()", "wanIp()", "stopDns()", "stopNat()");

    /** Of the switch's port, which the host has none of. */
    private static final Set<String> OF_THE_PORT = Set.of("enableHairpin()", "unplugCable()");

    private static final Map<String, Consumer<Gateway>> REFUSED = Map.ofEntries(
            Map.entry("addAddress(InterfaceIp)", host -> host.addAddress(OWN)),
            Map.entry("removeAddress(InterfaceIp)", host -> host.removeAddress(OWN)),
            Map.entry("addDefaultRoute(InetAddress)", host -> host.addDefaultRoute(IP)),
            Map.entry("addRoute(Prefix, InetAddress)", host -> host.addRoute(Prefix.ALL_IPV4, IP)),
            Map.entry("removeDefaultRoute()", Gateway::removeDefaultRoute),
            Map.entry("removeRoute(Prefix)", host -> host.removeRoute(Prefix.ALL_IPV4)),
            Map.entry("setMac(MacAddress)", host -> host.setMac(MAC)),
            Map.entry("setUp(String)", host -> host.setUp("eth0")),
            Map.entry("setDown(String)", host -> host.setDown("eth0")));

    private static final Map<String, Function<Gateway, Undo>> REFUSED_TOO = Map.ofEntries(
            Map.entry("serveDhcp(InetAddress, InetAddress)", host -> host.serveDhcp(IP, IP)),
            Map.entry("advertiseRouter(Prefix)", host -> host.advertiseRouter(Prefix.of("fd00::/64"))),
            Map.entry("joinGroup(MacAddress)", host -> host.joinGroup(GROUP)),
            Map.entry("enablePromiscuousMode(String)", host -> host.enablePromiscuousMode("eth0")),
            Map.entry("enableAllMulticast(String)", host -> host.enableAllMulticast("eth0")));

    private static final Map<String, Function<Gateway, Undo>> FAULTS = Map.ofEntries(
            Map.entry("takeDown(String)", host -> host.takeDown("eth0")),
            Map.entry("overrideMtu(String, int)", host -> host.overrideMtu("eth0", 1400)),
            Map.entry("spoofMac(MacAddress)", host -> host.spoofMac(MAC)),
            Map.entry("partitionFrom(Node)", host -> host.partitionFrom(host())),
            Map.entry("impair(Impairment)", host -> host.impair(Impairment.loss(10))),
            Map.entry("suppressNeighbourAnswers()", Gateway::suppressNeighbourAnswers),
            Map.entry("forgeArpAnswers(InetAddress, MacAddress)", host -> host.forgeArpAnswers(IP, MAC)),
            Map.entry("poisonNeighbour(InetAddress, MacAddress)", host -> host.poisonNeighbour(IP, MAC)));

    @Test
    void everyVerbIsInOneOfTheTables() {
        List<Set<String>> tables = List.of(
                DONE,
                WITHOUT_NET_ADMIN,
                ON_THE_BRIDGE,
                OF_THE_INTERNET,
                OF_THE_PORT,
                REFUSED.keySet(),
                REFUSED_TOO.keySet(),
                FAULTS.keySet());
        List<String> listed = tables.stream().flatMap(Set::stream).collect(Collectors.toCollection(ArrayList::new));

        assertThat(listed)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Gateway.class.getMethods())
                        .map(DockerHostHandleTests::signature)
                        .collect(Collectors.toCollection(HashSet::new)));
    }

    @TestFactory
    Stream<DynamicTest> whatChangesTheHostIsRefused() {
        return Stream.concat(
                REFUSED.entrySet().stream()
                        .map(verb ->
                                refused(verb.getKey(), () -> verb.getValue().accept(host()))),
                REFUSED_TOO.entrySet().stream()
                        .map(verb ->
                                refused(verb.getKey(), () -> verb.getValue().apply(host()))));
    }

    private static DynamicTest refused(String verb, ThrowingCallable call) {
        return dynamicTest(
                verb,
                () -> assertThatThrownBy(call)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "gateway is the Docker host itself, which outlives the lab, so %s is refused: have a container for a gateway, @LabContainer(gateway = GatewayPlace.LAB)",
                                verb.replaceFirst("\\(.*", "")));
    }

    @TestFactory
    Stream<DynamicTest> faultsAreRefused() {
        return FAULTS.entrySet().stream()
                .map(
                        verb -> dynamicTest(
                                verb.getKey(),
                                () -> assertThatThrownBy(() -> verb.getValue().apply(host()))
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessage(
                                                "gateway is the Docker host itself, which outlives the lab, so faults are refused:"
                                                        + " have a container for a gateway, @LabContainer(gateway = GatewayPlace.LAB)")));
    }

    @Test
    void framesGoIntoTheLabOnly() {
        EthernetFrame frame = EthernetFrame.neighbourAdvertisement(MAC, InterfaceIp.ip("fd74:6170:6c62:1209::4"));

        assertThatThrownBy(() -> host().send("eth0", frame))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("gateway is the Docker host itself, so it sends frames into the lab only,"
                        + " through br-0123456789ab and not through eth0");
    }

    @Test
    void whatIsDoneOnTheBridgeIsDoneWhereItMayBe() {
        List<List<String>> commands = new ArrayList<>();
        Gateway host = host((deadline, argv) -> {
            commands.add(List.of(argv));
            return new CommandResult("gateway", List.of(argv), 0, "", "", Duration.ZERO);
        });
        EthernetFrame frame = EthernetFrame.neighbourAdvertisement(MAC, InterfaceIp.ip("fd74:6170:6c62:1209::4"));

        host.flushNeighbours();
        host.send(frame);
        host.send("br-0123456789ab", frame);

        assertThat(commands)
                .containsExactly(
                        List.of("ip", "neigh", "flush", "dev", "br-0123456789ab"),
                        FrameSending.argv("br-0123456789ab", frame),
                        FrameSending.argv("br-0123456789ab", frame));
    }

    private static Gateway host() {
        return host((deadline, argv) -> {
            throw new AssertionError("A command that should have been refused: " + List.of(argv));
        });
    }

    /** Without a container of its own: a verb that is not refused fails for the lack of it. */
    @SuppressWarnings("NullAway")
    private static Gateway host(Shell onBridge) {
        return new DockerHostHandle("gateway", "br-0123456789ab", null, onBridge, Optional::empty);
    }

    private static String signature(Method verb) {
        return verb.getName()
                + Arrays.stream(verb.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
