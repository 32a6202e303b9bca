package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.capture.Capture;
import io.github.taplab.node.Client;
import io.github.taplab.node.Launcher;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Two labs at once. Only ARP is sent, which no router passes on, so nothing could leave even if they were not apart.
 */
@LabContainer(clients = "here")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class SeparateLabsLabTests {

    @FromLab
    static Launcher launcherHere;

    @FromLab
    static Client here;

    @Nested
    @LabContainer(clients = "there")
    class Other {

        @Test
        void theyDoNotHearEachOther(Launcher launcherThere, @FromLab("there") Client there) {
            try (Capture capture = there.capture("eth0", "arp and ether src " + here.mac())) {
                // The question itself is a good one: at home it is answered.
                assertThat(here.whoHas(launcherHere.ip())).isAnsweredOnlyBy(launcherHere.mac());
                assertThat(here.whoHas(launcherThere.ip())).isNotAnswered();
                assertThat(there.whoHas(launcherHere.ip())).isNotAnswered();
                assertThat(there.whoHas(launcherThere.ip())).isAnsweredOnlyBy(launcherThere.mac());

                capture.assertNone("what comes from the other lab", frame -> true);
            }
        }
    }
}
