package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The device of a macvtap is called after its interface index, which repeats in every network namespace, so two labs
 * have a {@code /dev/tapN} of one name. Only ARP is sent, which no router passes on.
 */
@LabContainer
@MacvtapVm
@Order(804)
@DisplayName("8.4 Two labs at once")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class LabsAreApartTests {

    @FromLab
    static Launcher launcherHere;

    @FromLab
    static Guest guestHere;

    @FromLab
    static Client clientHere;

    // Guests of two labs may well have one MAC address. Here a frame shall tell whose it is.
    @Nested
    @LabContainer
    @MacvtapVm(mac = "02:9e:00:00:00:84")
    @DisplayName("whose macvtaps have devices of one name")
    class Other {

        @Test
        @DisplayName("and never see a frame of the other lab, though each sees those of its own")
        void theyNeverSeeEachOthersFrames(Launcher launcherThere, Guest guestThere, Client clientThere) {
            // Not the rule, but without it there would be nothing that could get mixed up.
            assertThat(guestThere.macvtap().index())
                    .as("a precondition: both macvtaps have one index, so their devices one name")
                    .isEqualTo(guestHere.macvtap().index());
            try (Capture here = launcherHere.capture(guestHere.macvtap().name(), "arp");
                    Capture there = launcherThere.capture(guestThere.macvtap().name(), "arp")) {
                assertThat(clientHere.whoHas(guestHere.ip())).isAnsweredOnlyBy(guestHere.mac());
                assertThat(clientThere.whoHas(guestThere.ip())).isAnsweredOnlyBy(guestThere.mac());
                assertThat(clientHere.whoHas(guestThere.ip())).isNotAnswered();
                assertThat(guestThere.whoHas(guestHere.ip())).isNotAnswered();

                here.await("an own question", frame -> frame.source().equals(clientHere.mac()));
                there.await("an own question", frame -> frame.source().equals(clientThere.mac()));
                here.assertNone(
                        "a frame of the other lab",
                        frame -> frame.source().equals(clientThere.mac())
                                || frame.source().equals(guestThere.mac()));
                there.assertNone(
                        "a frame of the other lab",
                        frame -> frame.source().equals(clientHere.mac())
                                || frame.source().equals(guestHere.mac()));
            }
        }
    }
}
