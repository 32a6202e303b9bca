package io.github.taplab.internal.lab;

import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;

/** The bridge of a launcher whose guests have taps on one. Its eth0 is a port of it then, and it the launcher's NIC. */
final class LauncherBridge {

    static final String NAME = "br0";

    private LauncherBridge() {}

    /** Whether a launcher has one. */
    static boolean isIn(LabSpec spec, String launcher) {
        return spec.guests().stream()
                .anyMatch(guest -> guest.launcher().equals(launcher) && guest.attachment() == Attachment.BRIDGE);
    }

    /** The interface of its launcher on which a guest hangs, or into which it is plugged. */
    static String under(GuestSpec guest) {
        return guest.attachment() == Attachment.BRIDGE ? NAME : NodeStarter.NIC;
    }
}
