package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.lab.TrustedFilters;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A trusted guest that goes on from a snapshot: libvirt has heard nothing of what it had set there. */
@LabContainer
@MacvtapVm(boot = BootMode.WARM, trustGuestRxFilters = true)
class TrustedWarmGuestLabTests {

    private static final MacAddress GROUP = MacAddress.of("01:00:5e:00:00:fb");

    @Test
    void itGoesOnFromASnapshot(Guest guest) {
        assertThat(Origin.of(guest)).isEqualTo(Origin.SNAPSHOT);
    }

    @Test
    void itsMacvtapFollowsIt(Guest guest, Client client) {
        MacAddress own = guest.mac();

        guest.setMac(own.sibling());
        eventually(() -> assertThat(guest.macvtap()).hasMac(own.sibling()));
        assertThat(client).reaches(guest.ip());

        guest.setMac(own);
        eventually(() -> assertThat(guest.macvtap()).hasMac(own));
    }

    /** What is set while libvirt does not listen is what is set before a snapshot. */
    @Test
    @SuppressWarnings("try") // The guest is a member as long as the block lasts.
    void whatItHadSetComesToItsMacvtap(Guest guest) {
        trust(guest, false);
        List<MacAddress> before = groupsOfTheMacvtap(guest);
        try (Undo joined = guest.joinGroup(GROUP)) {
            trust(guest, true);
            assertThat(groupsOfTheMacvtap(guest)).isEqualTo(before).doesNotContain(GROUP);

            TrustedFilters.bring(guest);
            assertThat(groupsOfTheMacvtap(guest))
                    .containsAll(guest.groups(guest.nic()))
                    .contains(GROUP);
        }
        eventually(() -> assertThat(groupsOfTheMacvtap(guest)).doesNotContain(GROUP));
    }

    private static List<MacAddress> groupsOfTheMacvtap(Guest guest) {
        return guest.launcher().groups(guest.macvtap().name());
    }

    private static void trust(Guest guest, boolean trusted) {
        guest.launcher().sh("""
                        virsh dumpxml %1$s | sed -n "/<interface/,/<\\/interface>/p" |
                          sed "s/trustGuestRxFilters='[a-z]*'/trustGuestRxFilters='%2$s'/" |
                          virsh update-device %1$s /dev/stdin --live""".formatted(guest.name(), trusted ? "yes" : "no"));
        assertThat(guest.domainXml()).contains("trustGuestRxFilters='%s'".formatted(trusted ? "yes" : "no"));
    }
}
