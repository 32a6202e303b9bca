package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.capture.Capture;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults between neighbours, each there while its block lasts. */
@SuppressWarnings("try") // A fault is there as long as its block lasts.
@Order(8) // One of the longest, so among the first: the last one would run alone.
class NeighbourFaultsLabTests extends FaultsFixture {

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
            assertThat(far.whoHas(ip)).isAnsweredOnlyBy(left.mac(), wrong);
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
            try (Undo stale = node.poisonNeighbour(ip, wrong)) {
                assertThat(node).doesNotReach(ip).hasNeighbour(ip, wrong);
            }
            assertThat(node.neighbours()).noneMatch(entry -> entry.ip().equals(ip));
            assertThat(node).reaches(ip).hasNeighbour(ip, far.mac());

            far.flushNeighbours();
            try (Undo stale = node.poisonNeighbour(ip, wrong)) {
                node.poisonNeighbour(ip, near.mac().sibling()).close();
                assertThat(node).hasNeighbour(ip, wrong);
            }
            assertThat(node).hasNeighbour(ip, far.mac());
        }
    }
}
