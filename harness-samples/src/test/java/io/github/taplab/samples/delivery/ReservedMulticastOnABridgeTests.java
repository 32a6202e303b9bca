package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A Linux bridge keeps the groups 01:80:c2:00:00:01 to :0f to itself, among them LACP's (:02) and LLDP's (:0e), as IEEE
 * 802.1D wants it. The first one, spanning tree's, it passes as long as it takes no part in that itself (br_input.c of
 * the kernel, {@code br_handle_frame}).
 */
@Question(
        value = "Which reserved multicast frames does a Linux bridge between launcher and client pass?",
        answer =
                "Those of spanning tree (01:80:c2:00:00:00), while its own is off; LLDP, LACP and the other thirteen it"
                        + " does not, not even back through a hairpin",
        asked = {
            "https://github.com/kubevirt/kubevirt/issues/2292",
            "https://github.com/containernetworking/plugins/issues/1045"
        })
@LabContainer
@Order(512)
@DisplayName("5.12 LLDP and LACP stop at the bridge")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; the hairpin is on as long as its block lasts.
class ReservedMulticastOnABridgeTests {

    private static final MacAddress SPANNING_TREE = MacAddress.of("01:80:c2:00:00:00");
    private static final MacAddress NEXT_TO_THEM = MacAddress.of("01:80:c2:00:00:10");

    private static final List<MacAddress> OTHERS = LongStream.range(1, 16)
            .mapToObj(n -> new MacAddress(SPANNING_TREE.bits() + n))
            .toList();

    @FromLab
    Launcher launcher;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("fifteen of the sixteen groups pass in neither direction")
    void fifteenDoNotPass() {
        try (Capture atLauncher = launcher.capture("eth0", "ether src " + client.mac());
                Capture atClient = client.capture("eth0", "ether src " + launcher.mac())) {
            OTHERS.forEach(this::sendToEachOther);
            sendToEachOther(NEXT_TO_THEM);

            for (Capture capture : List.of(atLauncher, atClient)) {
                capture.await(
                        "what is not reserved", frame -> frame.destination().equals(NEXT_TO_THEM));
                capture.assertNone("what is reserved", frame -> OTHERS.contains(frame.destination()));
            }
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: spanning tree's does")
    void spanningTreesPasses() {
        try (Capture atLauncher = launcher.capture("eth0", "ether src " + client.mac());
                Capture atClient = client.capture("eth0", "ether src " + launcher.mac())) {
            sendToEachOther(SPANNING_TREE);

            for (Capture capture : List.of(atLauncher, atClient)) {
                capture.await("spanning tree's", frame -> frame.destination().equals(SPANNING_TREE));
            }
        }
    }

    private void sendToEachOther(MacAddress group) {
        client.send(EthernetFrame.probe(client.mac(), group));
        launcher.send(EthernetFrame.probe(launcher.mac(), group));
    }

    @Test
    @Order(3)
    @DisplayName("through a hairpin none of the fifteen comes back either")
    void noneComesBack(Lab lab) {
        try (Undo hairpin = launcher.enableHairpin()) {
            Traffic seen = lab.trafficOf(() -> {
                OTHERS.forEach(group -> launcher.send(EthernetFrame.probe(launcher.mac(), group)));
                launcher.send(EthernetFrame.probe(launcher.mac(), NEXT_TO_THEM));
                // Asked later: once the launcher has answered, it has heard what came back.
                assertThat(client.whoHas(launcher.ip())).isAnsweredOnlyBy(launcher.mac());
            });
            assertThat(seen.whole()).contains(launcher.name());
            assertThat(seen.sightings())
                    .filteredOn(sighting -> sighting.node().equals(launcher.name()) && !sighting.outgoing())
                    .extracting(sighting -> sighting.frame().destination())
                    .contains(NEXT_TO_THEM)
                    .doesNotContainAnyElementsOf(OTHERS);
        }
    }
}
