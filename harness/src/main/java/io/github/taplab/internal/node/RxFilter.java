package io.github.taplab.internal.node;

import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.node.Shell;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacAddress;
import java.util.List;

/** What an interface takes in beside the frames to its own MAC address and to all. */
final class RxFilter {

    private final Shell node;
    private final String link;

    RxFilter(Shell node, String link) {
        this.node = node;
        this.link = link;
    }

    /** The groups that it takes in. */
    List<MacAddress> groups() {
        return IpJson.groups(maddress());
    }

    /** Joins a group; one that was joined by hand before stays joined. */
    Undo join(MacAddress group) {
        if (!group.isMulticast()) {
            throw new IllegalArgumentException(
                    "%s is one station's address, a group's has the lowest bit of its first octet set"
                            .formatted(group));
        }
        if (IpJson.groupsJoinedByHand(maddress()).contains(group)) {
            return () -> {};
        }
        return UndoStack.commanding(
                () -> node.run("ip", "maddress", "add", group.toString(), "dev", link),
                () -> node.run("ip", "maddress", "delete", group.toString(), "dev", link));
    }

    /** Takes in all frames. */
    Undo promiscuous() {
        return switchOn("promisc", "PROMISC");
    }

    /** Takes in all groups. */
    Undo allMulticast() {
        return switchOn("allmulticast", "ALLMULTI");
    }

    private Undo switchOn(String option, String flag) {
        if (IpJson.hasFlag(node.run("ip", "-j", "link", "show", "dev", link).stdout(), flag)) {
            return () -> {};
        }
        return UndoStack.commanding(
                () -> node.run("ip", "link", "set", "dev", link, option, "on"),
                () -> node.run("ip", "link", "set", "dev", link, option, "off"));
    }

    private String maddress() {
        return node.run("ip", "-j", "maddress", "show", "dev", link).stdout();
    }
}
