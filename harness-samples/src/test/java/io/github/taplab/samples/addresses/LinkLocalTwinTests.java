package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.capture.FrameKind.answerFor;
import static io.github.taplab.capture.FrameKind.questionFor;
import static io.github.taplab.node.Delivery.TO_PARENT;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.samples.delivery.DuplicateDetection;
import io.github.taplab.samples.delivery.SolicitedNode;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A kernel makes an interface's link-local address from its MAC address, and the macvtap has the guest's. */
@LabContainer(ipv6 = true)
@MacvtapVm
@Order(310)
@DisplayName("3.10 The launcher has the guest's link-local address too, on the macvtap")
@Question(
        value = "Is it a duplicate that the macvtap on the host has the guest's link-local address?",
        answer =
                "No station can tell: the host's kernel hears nothing on a macvtap, so the guest alone answers; what the"
                        + " host sends there goes out in the guest's name. addrgenmode none ends that, and no station"
                        + " finds an untrusted guest there any more: it was the host who had joined the address's group",
        asked = "https://github.com/microvm-nix/microvm.nix/issues/365")
@SuppressWarnings("NullAway.Init") // The lab and the set-up set the fields.
class LinkLocalTwinTests {

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    private InterfaceIp twin;

    @BeforeEach
    void bothHaveIt() {
        twin = LinkLocal.of(guest);
        eventually(() -> assertThat(guest).hasUsableAddress(twin.ip()));
        eventually(() -> assertThat(atTheMacvtap())
                .contains(InterfaceIp.text(twin.ip()))
                .doesNotContain("tentative", "dadfailed"));
    }

    @Test
    @Order(1)
    @DisplayName("neither finds a duplicate, and of the two the guest alone answers")
    void theGuestAloneAnswers() {
        assertThat(client.whoHas(twin.ip())).isAnsweredOnlyBy(guest.mac());

        guest.removeAddress(twin);
        assertThat(client.whoHas(twin.ip())).isNotAnswered();
        guest.addAddress(twin);
        eventually(() -> assertThat(guest).hasUsableAddress(twin.ip()));
    }

    @Test
    @Order(2)
    @DisplayName("what the launcher asks there goes out in the guest's name, and the guest gets the answer")
    void theGuestGetsTheAnswers(Lab lab) {
        InetAddress clients = LinkLocal.of(client).ip();
        String there = InterfaceIp.text(clients) + "%" + guest.macvtap().name();
        Traffic seen = lab.trafficOf(() ->
                assertThat(launcher.tryRun("ping", "-c", "2", "-W", "2", there)).failed());
        assertThat(seen)
                .hasPassed(questionFor(clients).from(guest.mac()), launcher, client)
                .hasPassed(answerFor(clients).to(guest.mac()), client, launcher, guest);
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: the same address on the client is a duplicate, and the client finds out")
    void theClientsTwinIsADuplicate() {
        DuplicateDetection.assertFoundBy(client, twin);
    }

    @Test
    @Order(4)
    @DisplayName("with addrgenmode none the launcher makes no such address; the guest keeps its own, and is not found")
    void withoutAddressGenerationTheGuestIsNotFound() {
        MacAddress questions = SolicitedNode.groupOf(twin.ip());
        endAddressGeneration();
        // A filter may let the group pass by chance, see UnheardGroup. Each macvtap has another one.
        for (int tries = 0; tries < 3 && client.deliver(questions, guest) != TO_PARENT; tries++) {
            guest.hotUnplug().close();
            endAddressGeneration();
        }
        assertThat(atTheMacvtap()).doesNotContain(InterfaceIp.text(twin.ip()));
        eventually(() -> assertThat(guest).hasUsableAddress(twin.ip()));
        assertThat(client.whoHas(twin.ip())).isNotAnswered();
    }

    private void endAddressGeneration() {
        String lines = "ip link set %1$s addrgenmode none && ip link set %1$s down && ip link set %1$s up";
        launcher.sh(lines.formatted(guest.macvtap().name()));
    }

    private String atTheMacvtap() {
        return launcher.sh("ip -6 address show dev " + guest.macvtap().name()).stdout();
    }
}
