package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.Lab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.node.Client;
import io.github.taplab.node.CommandFailedException;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of links and neighbours, each there while its block lasts, and nothing of it afterwards. */
@LabContainer(
        ipv6 = true,
        clients = {"near", "far"})
@MacvtapVm(name = "left", trustGuestRxFilters = true)
@MacvtapVm(name = "right", trustGuestRxFilters = true)
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a fault is there as long as its block lasts.
class FaultsLabTests {

    private static final Duration SOON = Duration.ofSeconds(5);

    @FromLab
    Lab lab;

    @FromLab
    Launcher launcher;

    @FromLab("left")
    Guest left;

    @FromLab("near")
    Client near;

    @FromLab("far")
    Client far;

    private List<String> before;

    @BeforeEach
    void look() {
        before = states();
    }

    @AfterEach
    void allIsAsBefore() {
        assertThat(states()).isEqualTo(before);
    }

    /** What a fault may change. */
    private List<String> states() {
        return Stream.of(launcher, left, near, far).map(FaultsLabTests::state).toList();
    }

    private static String state(Node node) {
        return node.sh("ip -o link; ip -o address; ip -4 route show table all; ip -6 route show table all;"
                        + " ip neigh show nud permanent;"
                        + " if type nft >/dev/null 2>&1; then nft list ruleset; tc qdisc show; fi")
                .stdout()
                .lines()
                // How an address came, and whether the kernel still looks for a duplicate, is no state of the test's.
                .map(line -> line.replaceAll(" (nodad|tentative|proto kernel_ll)", "")
                        .strip())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private Node node(String name) {
        return switch (name) {
            case "launcher" -> launcher;
            case "left", "right" -> lab.guest(name);
            default -> lab.client(name);
        };
    }

    private static void assertReach(Node one, Node other) {
        one.flushNeighbours();
        other.flushNeighbours();
        assertThat(one).reaches(other.ip()).reaches(other.ip6());
        assertThat(other).reaches(one.ip()).reaches(one.ip6());
    }

    private static void assertCut(Node one, Node other) {
        assertThat(one.whoHas(other.ip())).isNotAnswered();
        assertThat(other.whoHas(one.ip())).isNotAnswered();
        one.flushNeighbours();
        other.flushNeighbours();
        assertThat(one).doesNotReach(other.ip());
        assertThat(other).doesNotReach(one.ip6());
    }

    @ParameterizedTest
    @ValueSource(strings = {"near", "launcher", "left"})
    void aLinkTakenDownComesBackWithItsRoutesAndAddresses(String name) {
        Node node = node(name);
        node.run(
                "ip",
                "neigh",
                "replace",
                far.ip().getHostAddress(),
                "lladdr",
                far.mac().toString(),
                "dev",
                "eth0",
                "nud",
                "permanent");
        before = states();

        try (Undo down = node.takeDown("eth0")) {
            assertThat(node.link("eth0")).isDown().hasNoCarrier();
            assertThat(node).hasNoDefaultRoute();
            assertThat(far).doesNotReach(node.ip());
        }
        assertThat(states()).isEqualTo(before);
        assertReach(far, node);

        node.run("ip", "neigh", "delete", far.ip().getHostAddress(), "dev", "eth0");
        before = states();
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnythingIsDone() {
        assertThatThrownBy(() -> near.takeDown("eth7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No interface eth7 on near, there are [lo, eth0]");
        assertThatThrownBy(() -> near.setMtu("eth0", -1)).isInstanceOf(CommandFailedException.class);
        assertThatThrownBy(() -> near.spoofMac(MacAddress.BROADCAST)).isInstanceOf(CommandFailedException.class);
        assertThatThrownBy(() -> near.partitionFrom(near))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("near can't be partitioned from itself");
        assertThatThrownBy(() -> near.forgeArpAnswers(left.ip6(), near.mac()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ARP asks for IPv4 addresses, found " + left.ip6().getHostAddress());
    }

    @Test
    void aLinkThatWasDownStaysDown() {
        Undo down = near.takeDown("eth0");
        near.takeDown("eth0").close();
        assertThat(near.link("eth0")).isDown();
        down.close();
        assertThat(near.link("eth0")).isUp();
        try (Undo again = near.takeDown("eth0")) {
            down.close();
            assertThat(near.link("eth0")).isDown();
        }
    }

    @Test
    void aMacvtapTakenDownCutsItsGuestOnly() {
        try (Undo down = launcher.takeDown(left.macvtap().name())) {
            assertThat(left.macvtap()).isDown();
            assertThat(far).doesNotReach(left.ip());
            assertThat(far).reaches(lab.guest("right").ip());
        }
        assertReach(far, left);
    }

    @Test
    void theMacvtapsFollowTheirParentsMtu() {
        try (Undo small = launcher.setMtu("eth0", 1400)) {
            assertThat(launcher.parent().mtu()).isEqualTo(1400);
            assertThat(left.macvtap().mtu()).isEqualTo(1400);
            try (Undo smaller = launcher.setMtu("eth0", 1300)) {
                assertThat(left.macvtap().mtu()).isEqualTo(1300);
            }
            assertThat(left.macvtap().mtu()).isEqualTo(1400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"near", "left"})
    void belowIpv6sLeastMtuTheAddressesComeBack(String name) {
        Node node = node(name);
        try (Undo small = node.setMtu("eth0", 1000)) {
            assertThat(node.link("eth0").mtu()).isEqualTo(1000);
            assertThat(node.addresses()).allMatch(address -> address.isIpv4());
        }
        assertReach(far, node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"near", "left"})
    void aSpoofedMacIsSentWith(String name) {
        Node node = node(name);
        MacAddress own = node.mac();
        try (Capture arp = far.capture("eth0", "arp");
                Undo spoofed = node.spoofMac(own.sibling())) {
            node.whoHas(far.ip());
            arp.await(
                    "a question of the spoofed address", frame -> frame.source().equals(own.sibling()), SOON);
        }
        assertThat(node).hasMac(own);
        assertReach(far, node);
    }

    @Test
    void whereSeveralFaultsMeetEachTakesItsOwnBack() {
        MacAddress own = near.mac();
        try (Undo spoofed = near.spoofMac(own.sibling())) {
            try (Undo down = near.takeDown("eth0")) {
                try (Undo small = near.setMtu("eth0", 1000)) {
                    assertThat(near.link("eth0").mtu()).isEqualTo(1000);
                }
                assertThat(near.link("eth0")).isDown();
            }
            assertThat(near.link("eth0")).isUp().hasMac(own.sibling());
            assertReach(far, near);
        }
        assertReach(far, near);
    }

    @ParameterizedTest
    @CsvSource({"near, far, left", "left, right, far", "left, far, right", "far, launcher, left"})
    void aPartitionCutsTwoNodesAndNobodyElse(String one, String other, String third) {
        assertReach(node(third), third.equals("left") ? far : near);
        try (Undo partition = node(one).partitionFrom(node(other))) {
            assertCut(node(one), node(other));
            for (String end : List.of(one, other)) {
                // A launcher and its own guest never reach each other.
                if (!(end.equals("launcher") && third.equals("left"))) {
                    assertReach(node(end), node(third));
                }
            }
        }
        assertReach(node(one), node(other));
    }

    @Test
    void twoPartitionsOfOneNodeEndEachByItself() {
        Undo fromNear = left.partitionFrom(near);
        Undo fromFar = left.partitionFrom(far);
        Undo again = left.partitionFrom(near);
        try {
            fromNear.close();
            fromNear.close();
            assertThat(near.whoHas(left.ip())).isNotAnswered();
            again.close();
            assertThat(near.whoHas(left.ip())).isAnsweredOnlyBy(left.mac());
            assertThat(far.whoHas(left.ip())).isNotAnswered();
        } finally {
            again.close();
            fromFar.close();
            fromNear.close();
        }
        assertThat(far.whoHas(left.ip())).isAnsweredOnlyBy(left.mac());
    }

    @ParameterizedTest
    @CsvSource({"near, far", "launcher, far", "left, far"})
    void suppressedAnswersAreNotGiven(String name, String asker) {
        Node node = node(name);
        Node from = node(asker);
        from.flushNeighbours();
        try (Undo silence = node.suppressNeighbourAnswers()) {
            assertThat(from.whoHas(node.ip())).isNotAnswered();
            assertThat(from).doesNotReach(node.ip()).doesNotReach(node.ip6());
            // It still asks, and is told.
            assertThat(node.whoHas(from.ip())).isAnsweredOnlyBy(from.mac());
            assertThat(from.whoHas(lab.guest("right").ip()))
                    .isAnsweredOnlyBy(lab.guest("right").mac());
        }
        assertReach(from, node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"near", "launcher", "right"})
    void aForgedArpAnswerComesBesideTheTrueOne(String name) {
        Node forger = node(name);
        InetAddress ip = left.ip();
        MacAddress wrong = forger.mac().sibling();
        try (Capture arp = far.capture("eth0", "arp");
                Undo forged = forger.forgeArpAnswers(ip, wrong)) {
            assertThat(far.whoHas(ip)).isAnsweredBy(left.mac(), wrong);
            assertThat(arp.await(
                                    "the forged answer",
                                    frame -> frame.arp()
                                            .filter(answer -> answer.answersFor(ip)
                                                    && answer.senderMac().equals(wrong))
                                            .isPresent(),
                                    SOON)
                            .source())
                    .isEqualTo(forger.mac());
            // Another address is none of its business.
            assertThat(far.whoHas(near.ip())).isAnsweredOnlyBy(near.mac());
        }
        assertThat(far.whoHas(ip)).isAnsweredOnlyBy(left.mac());
    }

    @Test
    void twoForgedAnswersComeBesideEachOther() {
        MacAddress one = near.mac().sibling();
        MacAddress two = far.mac().sibling();
        try (Undo first = near.forgeArpAnswers(left.ip(), one)) {
            try (Undo second = near.forgeArpAnswers(left.ip(), two)) {
                assertThat(far.whoHas(left.ip())).isAnsweredOnlyBy(left.mac(), one, two);
            }
            assertThat(far.whoHas(left.ip())).isAnsweredOnlyBy(left.mac(), one);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"near", "left"})
    void aStaleNeighbourMisleadsUntilItIsUndone(String name) {
        Node node = node(name);
        for (InetAddress ip : List.of(far.ip(), far.ip6())) {
            MacAddress wrong = far.mac().sibling();
            // The other end too: it would ask whether this node is still there, and a question tells who asks.
            far.flushNeighbours();
            node.flushNeighbours();
            try (Undo stale = node.setStaleNeighbour(ip, wrong)) {
                assertThat(node).doesNotReach(ip).hasNeighbour(ip, wrong);
            }
            assertThat(node.neighbours()).noneMatch(entry -> entry.ip().equals(ip));
            assertThat(node).reaches(ip).hasNeighbour(ip, far.mac());

            far.flushNeighbours();
            try (Undo stale = node.setStaleNeighbour(ip, wrong)) {
                node.setStaleNeighbour(ip, near.mac().sibling()).close();
                assertThat(node).hasNeighbour(ip, wrong);
            }
            assertThat(node).hasNeighbour(ip, far.mac());
        }
    }

    @Test
    void withoutItsCableANodeHasNoCarrier() {
        try (Undo unplugged = near.unplugCable()) {
            assertThat(near.link("eth0")).isUp().hasNoCarrier().hasOperState("down");
            assertThat(near).hasDefaultRouteVia(lab.subnet().host(1));
            assertThat(far).doesNotReach(near.ip());
            near.unplugCable().close();
            assertThat(near.link("eth0")).hasNoCarrier();
        }
        assertThat(near.link("eth0")).hasCarrier();
        assertReach(far, near);
    }

    @Test
    void hairpinsEndEachByItself() {
        try (Undo hairpin = launcher.enableHairpin()) {
            try (Undo unplugged = launcher.unplugCable()) {
                launcher.enableHairpin().close();
            }
            eventually(() -> assertThat(launcher).reaches(left.ip()));
        }
        launcher.flushNeighbours();
        assertThat(launcher).doesNotReach(left.ip());
    }
}
