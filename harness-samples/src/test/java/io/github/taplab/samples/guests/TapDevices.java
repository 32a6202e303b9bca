package io.github.taplab.samples.guests;

import io.github.taplab.node.Launcher;

/** Macvtaps that are made by hand in a launcher, with the numbers of their devices, and one node for any number. */
final class TapDevices implements AutoCloseable {

    /** The path of the node. */
    static final String NODE = "/dev/sample";

    private static final String ADD = "ip link add link eth0 name %s up type macvtap mode bridge";
    private static final int TRIES = 5;

    private final Launcher launcher;

    TapDevices(Launcher launcher) {
        this.launcher = launcher;
    }

    void add(String macvtap) {
        launcher.sh(ADD.formatted(macvtap));
    }

    /**
     * Takes a macvtap away and makes it anew, after another one.
     *
     * @return the number that it had before
     */
    String makeAnewAfter(String other, String macvtap) {
        String old = "";
        for (int tries = 0; tries < TRIES; tries++) {
            deleteAll();
            add(macvtap);
            old = numberOf(macvtap);
            launcher.sh("ip link delete dev %s && %s && %s"
                    .formatted(macvtap, ADD.formatted(other), ADD.formatted(macvtap)));
            // A lab beside this one may have made one at that moment, and so have got the number.
            if (numberOf(other).equals(old)) {
                break;
            }
        }
        return old;
    }

    /** The number of a macvtap's device as {@code mknod} takes it. */
    String numberOf(String macvtap) {
        return launcher.sh("cat /sys/class/net/%s/tap*/dev".formatted(macvtap))
                .text()
                .replace(':', ' ');
    }

    /** Makes the node for a number, instead of the one that is there. */
    void makeNode(String number) {
        launcher.sh("rm -f %1$s && mknod %1$s c %2$s".formatted(NODE, number));
    }

    private void deleteAll() {
        launcher.macvtaps().forEach(macvtap -> launcher.run("ip", "link", "delete", "dev", macvtap.name()));
    }

    /** Takes all away. */
    @Override
    public void close() {
        launcher.run("rm", "-f", NODE);
        deleteAll();
    }
}
