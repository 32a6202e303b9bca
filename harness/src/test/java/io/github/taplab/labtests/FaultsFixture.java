package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lab with two clients and two guests, and the rule for all faults: nothing is left when its block has ended. */
@LabContainer(
        ipv6 = true,
        clients = {"near", "far"})
@MacvtapVm(name = "left", trustGuestRxFilters = true)
@MacvtapVm(name = "right", trustGuestRxFilters = true)
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a fault is there as long as its block lasts.
abstract class FaultsFixture {

    static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(60);

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

    List<String> before;

    @BeforeEach
    void look() {
        // The kernel gives an address its routes when it has found no duplicate: until then the state still changes.
        eventually(
                () -> assertThat(nodes().map(FaultsFixture::state)).noneMatch(state -> state.contains(" tentative")));
        before = states();
    }

    @AfterEach
    void allIsAsBefore() {
        assertThat(states()).isEqualTo(before);
    }

    /** What a fault may change. */
    List<String> states() {
        return nodes().map(FaultsFixture::state)
                // How an address came, and whether the kernel still looks for a duplicate, is no state of the test's.
                .map(state -> state.replaceAll(" (nodad|tentative|proto kernel_ll)\\b", ""))
                .map(state -> state.lines().map(String::strip).sorted().collect(Collectors.joining("\n")))
                .toList();
    }

    private Stream<Node> nodes() {
        return Stream.of(launcher, left, near, far);
    }

    private static String state(Node node) {
        return node.sh("ip -o link; ip -o address; ip -4 route show table all; ip -6 route show table all;"
                        + " ip neigh show nud permanent;"
                        + " if type nft >/dev/null 2>&1; then nft list ruleset; tc qdisc show; fi")
                .stdout();
    }

    Node node(String name) {
        return switch (name) {
            case "launcher" -> launcher;
            case "left", "right" -> lab.guest(name);
            default -> lab.client(name);
        };
    }

    /** Each reaches the other in both families, and has to ask for its MAC address each time. */
    static void assertReach(Node one, Node other) {
        forEachDirection(
                one, other, (from, to) -> assertThat(from).reaches(to.ip()).reaches(to.ip6()));
    }

    /** Neither hears the other's questions, nor reaches it, in either family. */
    static void assertCut(Node one, Node other) {
        one.flushNeighbours();
        other.flushNeighbours();
        // Each takes seconds, since nothing comes.
        List<CompletableFuture<Void>> probes = Stream.of(List.of(one, other), List.of(other, one))
                .flatMap(direction -> Stream.of(
                                direction.get(1).ip(), direction.get(1).ip6())
                        .flatMap(ip -> Stream.<Runnable>of(
                                () -> assertThat(direction.get(0).whoHas(ip)).isNotAnswered(),
                                () -> assertThat(direction.get(0)).doesNotReach(ip))))
                .map(CompletableFuture::runAsync)
                .toList();
        probes.forEach(probe -> Waiting.joined("nothing comes of a probe", PROBE, probe));
    }

    private static void forEachDirection(Node one, Node other, BiConsumer<Node, Node> assertion) {
        for (List<Node> direction : List.of(List.of(one, other), List.of(other, one))) {
            one.flushNeighbours();
            other.flushNeighbours();
            assertion.accept(direction.get(0), direction.get(1));
        }
    }
}
