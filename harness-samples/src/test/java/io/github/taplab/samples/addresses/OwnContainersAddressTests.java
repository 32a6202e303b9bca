package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.capture.FrameKind.answerFor;
import static io.github.taplab.capture.FrameKind.questionFor;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Traffic;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Who wants an address asks first who has it (RFC 5227, RFC 4862); a macvtap and its parent do not hear each other. */
@LabContainer(ipv6 = true)
@MacvtapVm(trustGuestRxFilters = true)
@Order(306)
@DisplayName("3.6 A guest can't find out that its own container has the address")
@Question(
        value = "Does a guest on a macvtap notice that it has the IP address of its own container?",
        answer =
                "No: neither ARP probes nor IPv6's detection are answered, while every other station hears two answers")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class OwnContainersAddressTests {

    @FromLab
    Lab lab;

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("IPv4: the guest's probe stays unanswered, while the client sees two answers")
    void itsProbeStaysUnanswered() {
        InterfaceIp shared = launcher.interfaceIp();
        InetAddress ip = shared.ip();
        Traffic seen = lab.trafficOf(() -> assertThat(probe(ip)).succeeded());
        assertThat(seen).hasPassed(questionFor(ip), guest, launcher, client).hasNoAnswerFor(ip);

        guest.addAddress(shared);
        assertThat(client.whoHas(ip)).isAnsweredOnlyBy(launcher.mac(), guest.mac());
        guest.removeAddress(shared);
    }

    @Test
    @Order(2)
    @DisplayName("IPv6: it takes the address as its own, and the client, which hears both, believes the last")
    void duplicateAddressDetectionFindsNothing() {
        InterfaceIp shared = launcher.interfaceIp6();
        InetAddress ip = shared.ip();
        guest.addAddress(shared);
        try {
            eventually(() -> assertThat(guest).hasUsableAddress(ip));
            eventually(() -> assertThat(client.whoHas(ip)).isAnsweredOnlyBy(launcher.mac(), guest.mac()));

            client.flushNeighbours();
            Traffic seen = lab.trafficOf(() -> {
                assertThat(client).reaches(ip);
                eventually(() -> assertThat(client).hasNeighbour(ip, guest.mac()));
            });
            FrameKind last = answerFor(ip).from(guest.mac());
            assertThat(seen).hasPassedBefore(answerFor(ip).from(launcher.mac()), client, last, client);
        } finally {
            guest.removeAddress(shared);
        }
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: another container's address, the client's, is found to be taken in both ways")
    void anotherContainersIsFound() {
        isFoundToBeTaken(client);
    }

    @Test
    @Order(4)
    @DisplayName("broken on purpose: where the switch sends frames back (hairpin) its container's is found, too")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void withHairpinItsContainersIsFoundToo() {
        try (Undo hairpin = launcher.enableHairpin()) {
            isFoundToBeTaken(launcher);
        }
    }

    private void isFoundToBeTaken(Node owner) {
        assertThat(probe(owner.ip())).hasExitCode(1);
        InterfaceIp taken = owner.interfaceIp6();
        guest.addAddress(taken);
        try {
            eventually(() -> assertThat(guest).hasDuplicateAddress(taken.ip()));
        } finally {
            guest.removeAddress(taken);
        }
    }

    /** Succeeds if nobody answers. */
    private CommandResult probe(InetAddress ip) {
        return guest.tryRun("arping", "-D", "-c", "2", "-w", "3", "-I", guest.nic(), InterfaceIp.text(ip));
    }
}
