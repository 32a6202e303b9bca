package io.github.taplab.samples.faults;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Undo;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What becomes of macvtaps whose parent interface goes down, whatever their mode: each loses its carrier. Nobody tells
 * the guests, whose NICs keep theirs. A class for each lab declares the guests.
 */
@SuppressWarnings("try") // The parent is down as long as the block lasts.
abstract class ParentDown {

    @Test
    @Order(1)
    @DisplayName("with its parent up each macvtap has a carrier, and each guest is reached")
    void withItsParentUpEachGuestIsReached(Lab lab) {
        for (Guest guest : lab.guests()) {
            // A new macvtap's is "unknown" for up to a second.
            eventually(() -> assertThat(guest.macvtap()).isUp().hasCarrier().hasOperState("up"));
            assertThat(lab.client()).reaches(guest.ip());
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: with its parent down each macvtap loses its carrier, and each guest is cut off")
    void withItsParentDownEachGuestIsCutOff(Lab lab) {
        try (Undo down = lab.launcher().takeDown("eth0")) {
            for (Guest guest : lab.guests()) {
                eventually(
                        () -> assertThat(guest.macvtap()).isUp().hasNoCarrier().hasOperState("lowerlayerdown"));
                assertThat(guest.link("eth0")).isUp().hasCarrier();
                assertThat(lab.client().whoHas(guest.ip())).isNotAnswered();
            }
        }
        lab.client().flushNeighbours();
        for (Guest guest : lab.guests()) {
            assertThat(guest.macvtap()).hasCarrier().hasOperState("up");
            assertThat(lab.client()).reaches(guest.ip());
        }
    }
}
