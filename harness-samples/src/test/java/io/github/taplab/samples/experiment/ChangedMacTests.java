package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(107)
@Tag("story")
@EachAttachment
@Question(
        value = "Why is a guest cut off when its MAC address is changed?",
        answer = "Its macvtap keeps the old one, and takes in no frame that is sent to the new one",
        asked = "https://github.com/kubevirt/kubevirt/pull/2935")
@DisplayName("1.7 A guest that changes its MAC address cuts itself off")
class ChangedMacTests {

    @Test
    @DisplayName("SSH times out although the client learns the new address; with the old one it works again")
    void changedMacCutsTheGuestOff(Guest guest, Client client, @FromLab MacAddress original) {
        MacAddress changed = original.sibling();

        guest.setMac(changed);
        client.flushNeighbours();
        assertThat(client.ssh(guest)).timedOut();
        assertThat(client).hasNeighbour(guest.ip(), changed);
        assertThat(guest.macvtap()).hasMac(original);

        guest.setMac(original);
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isConnected();
    }
}
