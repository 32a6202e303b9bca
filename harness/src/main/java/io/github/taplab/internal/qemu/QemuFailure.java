package io.github.taplab.internal.qemu;

/** What QEMU's complaints about its taps mean. */
final class QemuFailure {

    private QemuFailure() {}

    /**
     * QEMU's words, and what they mean where that is known.
     *
     * @param stderr what it wrote before it ended
     */
    static String explain(String stderr) {
        String words = stderr.strip();
        if (words.isEmpty()) {
            return "It said nothing";
        }
        return "It said: %s%s".formatted(words, meaning(words));
    }

    private static String meaning(String words) {
        if (words.contains("TUNGETIFF")) {
            return "\n  means:    the descriptor given with fd= is open, but it is no tap"
                    + "\n  look at:  whether /dev/tapN is a character device with the numbers of"
                    + " /sys/class/net/<macvtap>/tapN/dev: a shell's <> makes a regular file where there is no node";
        }
        if (words.contains("/dev/tap") && words.contains("Operation not permitted")) {
            return "\n  means:    the container may not open macvtap devices"
                    + "\n  look at:  its device rule, which needs macvtap's major number in /proc/devices";
        }
        return "";
    }
}
