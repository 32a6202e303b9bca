package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** A cable that a class has pulled before its tests is out in each of them, whatever the one before has left. */
@LabContainer(scope = LabScope.REWIND)
@MacvtapVm
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings({"NullAway.Init", "CheckReturnValue"}) // What is prepared sets the field; a fault is left on purpose.
class RewindWithoutCableLabTests {

    private Undo cable;

    @BeforeAll
    void pull(Guest guest) {
        cable = guest.unplugCable();
    }

    @Test
    @Order(1)
    void itIsOut(Guest guest) {
        assertThat(carrier(guest)).isEqualTo("0");
        guest.hotUnplug();
    }

    /** libvirt does nothing where it thinks that the cable is in already. */
    @Test
    @Order(2)
    void itIsStillOutAndCanBePutBack(Guest guest, Client client) {
        assertThat(carrier(guest)).isEqualTo("0");

        cable.close();

        assertThat(carrier(guest)).isEqualTo("1");
        assertThat(client).reaches(guest.ip());
    }

    private static String carrier(Guest guest) {
        return guest.sh("cat /sys/class/net/eth0/carrier").text();
    }
}
