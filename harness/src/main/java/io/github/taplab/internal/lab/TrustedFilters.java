package io.github.taplab.internal.lab;

import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a trusted NIC takes in, brought to its macvtap. QEMU tells libvirt of changes alone, and what a guest had set
 * before it was saved is none of the machine that goes on from there. So the guest changes something: libvirt asks for
 * all that there is, and has the macvtap follow.
 */
public final class TrustedFilters {

    // A group of nobody's: locally administered, and no frame is sent to it.
    private static final MacAddress GROUP = MacAddress.of("03:7a:70:6c:61:62");
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private TrustedFilters() {}

    /**
     * Has the macvtap of a guest's NIC follow; done when it has.
     *
     * @param guest whose domain is of a macvtap that libvirt has made, and trusts a virtio NIC which is up
     * @throws io.github.taplab.command.DeadlineExceededException if libvirt does nothing
     */
    @SuppressWarnings("try") // The guest is a member as long as the block lasts.
    public static void bring(Guest guest) {
        try (Undo joined = guest.joinGroup(GROUP)) {
            await(guest, "takes in what its guest does", groups -> groups.contains(GROUP));
        }
        await(guest, "has left the group that its guest has left", groups -> !groups.contains(GROUP));
    }

    private static void await(Guest guest, String what, Predicate<List<MacAddress>> wanted) {
        String macvtap = guest.macvtap().name();
        var unused = Waiting.until(
                "the macvtap %s of %s, which is trusted, %s".formatted(macvtap, guest.name(), what),
                LONGEST,
                () -> guest.launcher().groups(macvtap),
                wanted);
    }
}
