package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.Impairment;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.Test;

/** Faults of a guest whose tap is on a bridge, where its frames come in, and of the launcher, which has the bridge. */
@LabContainer
@MacvtapVm(attachment = Attachment.BRIDGE)
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a fault is there as long as its block.
class BridgeFaultsLabTests {

    private static final MacAddress FORGED = MacAddress.of("02:00:00:00:00:77");

    @FromLab
    Lab lab;

    @FromLab
    Guest guest;

    @FromLab
    Launcher launcher;

    @FromLab
    Client client;

    private void forget() {
        for (Node node : new Node[] {guest, launcher, client}) {
            node.flushNeighbours();
        }
    }

    @Test
    void partitionOfGuestAndClient() {
        try (Undo partition = guest.partitionFrom(client)) {
            forget();
            assertThat(guest).doesNotReach(client.ip()).reaches(launcher.ip());
            assertThat(client).doesNotReach(guest.ip()).reaches(launcher.ip());
            // Its question does not even get to the guest; others may ask the guest meanwhile.
            Traffic seen =
                    lab.trafficOf(() -> assertThat(client.whoHas(guest.ip())).isNotAnswered());
            FrameKind question = FrameKind.questionFor(guest.ip()).from(client.mac());
            assertThat(seen).hasPassed(question, client, launcher).hasNotPassed(question, guest);
        }
        forget();
        assertThat(client).reaches(guest.ip());
    }

    @Test
    void partitionOfLauncherAndGuest() {
        try (Undo partition = launcher.partitionFrom(guest)) {
            forget();
            assertThat(guest).doesNotReach(launcher.ip()).reaches(client.ip());
            assertThat(launcher).doesNotReach(guest.ip()).reaches(client.ip());
        }
        forget();
        assertThat(launcher).reaches(guest.ip());
    }

    @Test
    void partitionOfLauncherAndClientConcernsNoGuest() {
        try (Undo partition = launcher.partitionFrom(client)) {
            forget();
            assertThat(launcher).doesNotReach(client.ip()).reaches(guest.ip());
            assertThat(client).doesNotReach(launcher.ip()).reaches(guest.ip());
        }
    }

    @Test
    void aSilentGuestDoesNotAnswer() {
        try (Undo silence = guest.suppressNeighbourAnswers()) {
            assertThat(client.whoHas(guest.ip())).isNotAnswered();
            assertThat(launcher.whoHas(guest.ip())).isNotAnswered();
            assertThat(client.whoHas(launcher.ip())).isAnsweredOnlyBy(launcher.mac());
        }
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
    }

    @Test
    void whatAGuestSendsGetsLost() {
        assertThat(client).reaches(guest.ip());
        try (Undo loss = guest.impair(Impairment.loss(100))) {
            assertThat(client).doesNotReach(guest.ip()).reaches(launcher.ip());
            // The guest does hear the question: it is its answer that comes no further than its tap.
            Traffic seen =
                    lab.trafficOf(() -> assertThat(client.whoHas(guest.ip())).isNotAnswered());
            assertThat(seen)
                    .hasPassed(FrameKind.answerFor(guest.ip()), guest)
                    .hasNotPassed(FrameKind.answerFor(guest.ip()), launcher, client);
        }
        assertThat(client).reaches(guest.ip());
    }

    @Test
    void whatCanNotBeDoneAtATapIsRefused() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> guest.impair(Impairment.rate(1_000_000)).close())
                .withMessageContaining("only loss works there");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> guest.forgeArpAnswers(guest.ip(), FORGED).close())
                .withMessageStartingWith("Can't forge ARP answers of guest");
    }

    @Test
    void aLauncherForgesAnswersOnItsBridge() {
        try (Undo forged = launcher.forgeArpAnswers(launcher.ip(), FORGED)) {
            assertThat(client.whoHas(launcher.ip())).isAnsweredOnlyBy(launcher.mac(), FORGED);
        }
    }

    @Test
    void aBridgeHasItsMacAndItsMtuBack() {
        MacAddress mac = launcher.mac();
        try (Undo spoofed = launcher.spoofMac(FORGED);
                Undo small = launcher.overrideMtu("eth0", 1280)) {
            assertThat(launcher.link("br0")).hasMac(FORGED).hasMtu(1280);
            assertThat(launcher.parent()).hasMac(mac);
        }
        assertThat(launcher.link("br0")).hasMac(mac).hasMtu(1500);
        forget();
        assertThat(client).reaches(launcher.ip()).reaches(guest.ip());
    }
}
