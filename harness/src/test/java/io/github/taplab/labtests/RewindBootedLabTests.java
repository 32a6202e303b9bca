package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A guest that has booted goes back as one does that came from a snapshot; its launcher has no snapshots' volume. */
@LabContainer(scope = LabScope.REWIND)
@MacvtapVm(attachment = Attachment.QEMU, boot = BootMode.COLD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RewindBootedLabTests {

    @Test
    @Order(1)
    void aTestLeavesAFile(Guest guest) {
        assertThat(Origin.of(guest)).isEqualTo(Origin.BOOT);

        guest.sh("echo left >/root/left");
        assertThat(guest.run("cat", "/root/left").text()).isEqualTo("left");
    }

    @Test
    @Order(2)
    void whichTheNextDoesNotSee(Guest guest) {
        assertThat(guest.tryRun("cat", "/root/left").succeeded()).isFalse();
    }
}
