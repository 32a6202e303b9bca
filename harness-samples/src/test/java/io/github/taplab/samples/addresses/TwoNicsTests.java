package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapNic;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What Linux does with two interfaces on one network is an old surprise, and macvtaps make it easy to have. */
@LabContainer
@MacvtapVm(moreNics = @MacvtapNic)
@Order(305)
@DisplayName("3.5 A guest with two NICs on one network")
@SuppressWarnings("NullAway.Init") // The lab and the set-up set the fields.
class TwoNicsTests {

    @FromLab
    Guest eth0;

    @FromLab
    Client client;

    private Guest eth1;

    @BeforeEach
    void findSecondNic() {
        eth1 = eth0.on("eth1");
    }

    @Test
    @Order(1)
    @DisplayName("each NIC has a macvtap, a MAC address and an IP address of its own")
    void eachHasItsOwn() {
        assertThat(eth0.macvtap()).hasMac(eth0.mac());
        assertThat(eth1.macvtap()).hasMac(eth1.mac()).hasOtherMacThan(eth0.macvtap());
        assertThat(eth0.ip()).isNotEqualTo(eth1.ip());
    }

    @Test
    @Order(2)
    @DisplayName("an address belongs to the guest, not to the NIC: both answer for it (ARP flux)")
    void bothAnswerForEachAddress() {
        assertThat(client.whoHas(eth0.ip())).isAnsweredOnlyBy(eth0.mac(), eth1.mac());
        assertThat(client.whoHas(eth1.ip())).isAnsweredOnlyBy(eth0.mac(), eth1.mac());
    }

    @Test
    @Order(3)
    @DisplayName("with arp_ignore = 1 only the NIC that has the address answers")
    void arpIgnoreEndsIt() {
        eth0.sh("echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore");
        try {
            assertThat(client.whoHas(eth1.ip())).isAnsweredOnlyBy(eth1.mac());
            assertThat(client.whoHas(eth0.ip())).isAnsweredOnlyBy(eth0.mac());
        } finally {
            eth0.sh("echo 0 >/proc/sys/net/ipv4/conf/all/arp_ignore");
        }
    }

    @Test
    @Order(4)
    @DisplayName("so the guest is reached at both addresses with one cable pulled")
    @SuppressWarnings("try") // The cable is out as long as the block lasts.
    void oneCableIsEnough() {
        try (Undo cable = eth1.unplugCable()) {
            client.flushNeighbours();
            assertThat(client.whoHas(eth0.ip())).isAnsweredOnlyBy(eth0.mac());
            assertThat(client.whoHas(eth1.ip())).isAnsweredOnlyBy(eth0.mac());
            assertThat(client).reaches(eth0.ip()).reaches(eth1.ip());
        }
        assertThat(client.whoHas(eth1.ip())).isAnsweredOnlyBy(eth0.mac(), eth1.mac());
    }
}
