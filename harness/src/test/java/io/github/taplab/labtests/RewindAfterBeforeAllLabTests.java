package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.InterfaceIp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;

/** What a class has prepared is there in each of its tests, and what it has added to in one is not in the next. */
@LabContainer(scope = LabScope.REWIND)
@MacvtapVm(attachment = Attachment.QEMU)
class RewindAfterBeforeAllLabTests {

    private static final InterfaceIp PREPARED = InterfaceIp.of("198.18.0.9/32");

    @BeforeAll
    static void prepare(Guest guest, Client client) {
        guest.run("touch", "/prepared");
        client.addAddress(PREPARED);
    }

    private static void assertAsPrepared(Guest guest, Client client) {
        assertThat(guest.tryRun("mv", "/prepared", "/used")).succeeded();
        client.removeAddress(PREPARED);
    }

    @RepeatedTest(2)
    void eachTestFindsIt(Guest guest, Client client) {
        assertAsPrepared(guest, client);
    }

    @Nested
    class Inside {

        @RepeatedTest(2)
        void soDoTestsOfANestedClass(Guest guest, Client client) {
            assertAsPrepared(guest, client);
        }
    }
}
