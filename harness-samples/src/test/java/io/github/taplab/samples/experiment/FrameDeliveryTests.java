package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(108)
@Tag("story")
@EachAttachment
@DisplayName("1.8 The four steps of a frame's way into the guest")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class FrameDeliveryTests {

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    private Capture atClient;
    private Capture atParent;
    private Capture atMacvtap;

    @BeforeEach
    void listen() {
        client.flushNeighbours();
        atClient = client.capture("eth0", "arp");
        atParent = launcher.capture("eth0", "icmp");
        atMacvtap = launcher.capture(guest.macvtap().name(), "arp or icmp");
    }

    @AfterEach
    void stopListening() {
        for (Capture capture : List.of(atClient, atParent, atMacvtap)) {
            capture.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName("question, answer, delivery to the macvtap, hand-over by QEMU")
    void allFourSteps() {
        InetAddress ip = guest.ip();
        long receivedByMacvtap = guest.macvtap().received();
        long echosInGuest = echosReceivedByGuest();

        assertThat(client.ping(ip)).isAnswered();

        // Step 1: the client asks by broadcast who has the address.
        Frame question = atClient.await("the ARP question", frame -> frame.asksFor(ip));
        assertThat(question.destination()).isEqualTo(MacAddress.BROADCAST);
        // Step 2: the guest answers with its MAC address.
        Frame answer = atClient.await("the guest's ARP answer", frame -> frame.answersFor(ip));
        assertThat(answer.source()).isEqualTo(guest.mac());
        // Step 3: a frame to that MAC address is delivered to the macvtap, whose own it is.
        Frame delivered = atMacvtap.await("an echo request", frame -> frame.isEchoRequestTo(ip));
        assertThat(delivered.destination()).isEqualTo(guest.macvtap().mac());
        assertThat(guest.macvtap().received()).isGreaterThan(receivedByMacvtap);
        // Step 4: QEMU reads it from the macvtap's device and hands it to the guest.
        assertThat(echosReceivedByGuest()).isGreaterThan(echosInGuest);
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: with a changed MAC address it is the third step that fails")
    void withAChangedMacTheThirdStepFails() {
        InetAddress ip = guest.ip();
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        long echosInGuest = echosReceivedByGuest();
        guest.setMac(changed);
        try {
            // The guest may have asked for the client in the meantime, and so have told its old address.
            client.flushNeighbours();
            assertThat(client.ping(ip)).isNotAnswered();

            // Steps 1 and 2 work as before, and the answer carries the new MAC address.
            atClient.await("the ARP question", frame -> frame.asksFor(ip));
            Frame answer = atClient.await("the guest's ARP answer", frame -> frame.answersFor(ip));
            assertThat(answer.source()).isEqualTo(changed);
            // The frames to it do come in on the parent interface …
            Frame arrived = atParent.await("an echo request", frame -> frame.isEchoRequestTo(ip));
            assertThat(arrived.destination()).isEqualTo(changed);
            // … but are not the macvtap's. A broadcast that it does get, sent later, shows that none is still on its
            // way.
            Instant lastEcho =
                    atParent.frames().get(atParent.frames().size() - 1).at();
            client.whoHas(ip);
            atMacvtap.await(
                    "a later ARP question",
                    frame -> frame.asksFor(ip) && frame.at().isAfter(lastEcho));
            atMacvtap.assertNone("an echo request to the guest", frame -> frame.isEchoRequestTo(ip));
            assertThat(echosReceivedByGuest()).isEqualTo(echosInGuest);
        } finally {
            guest.setMac(original);
        }
    }

    private long echosReceivedByGuest() {
        // Two lines start with "Icmp:": the names of the counters, and their values.
        List<List<String>> icmp = guest.shell()
                .run("cat", "/proc/net/snmp")
                .stdout()
                .lines()
                .filter(line -> line.startsWith("Icmp:"))
                .map(line -> List.of(line.split(" ", -1)))
                .toList();
        return Long.parseLong(icmp.get(1).get(icmp.get(0).indexOf("InEchos")));
    }
}
