package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@EachAttachment({Attachment.QEMU, Attachment.DIRECT})
@LabContainer
@MacvtapVm(attachment = Attachment.PRE_CREATED)
@SuppressWarnings("NullAway.Init") // The lab sets the field.
class EachAttachmentLabTests {

    private static final List<Attachment> SEEN = new CopyOnWriteArrayList<>();

    @FromLab
    Lab lab;

    @Test
    void guestHasTheAttachmentOfTheInvocation(Guest guest) {
        // libvirt keeps these names to itself; a macvtap that is made before has another.
        boolean madeByLibvirt = guest.macvtap().name().startsWith("macvtap");
        assertThat(guest.commandLine().contains("stdio")).isEqualTo(!madeByLibvirt);
        SEEN.add(madeByLibvirt ? Attachment.DIRECT : Attachment.QEMU);
    }

    @AfterAll
    static void everyInvocationIsAnother() {
        assertThat(SEEN).doesNotHaveDuplicates();
    }

    @Nested
    class NestedClass {

        @Test
        void sharesTheLab(Lab sameLab) {
            assertThat((Object) sameLab).isSameAs(lab);
        }
    }
}
