package io.github.taplab.samples.identity;

import io.github.taplab.node.Guest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a guest's NIC takes in, as QEMU tells it, and whether libvirt has the macvtap follow. */
final class RxFilters {

    private static final Pattern NIC = Pattern.compile("<interface .*?</interface>", Pattern.DOTALL);
    private static final Pattern TRUST = Pattern.compile("trustGuestRxFilters='\\w+'");

    private RxFilters() {}

    /** QEMU's answer to {@code query-rx-filter}, which has an entry for each NIC of which it can tell. */
    static String toldByQemu(Guest guest) {
        return guest.launcher()
                .run("virsh", "qemu-monitor-command", guest.name(), "{\"execute\":\"query-rx-filter\"}")
                .stdout();
    }

    /** Switches {@code trustGuestRxFilters} of a guest that runs, and has one NIC: {@code virsh update-device}. */
    static void trust(Guest guest, boolean trusted) {
        Matcher nic = NIC.matcher(guest.domainXml());
        if (!nic.find()) {
            throw new AssertionError("The domain has no NIC: " + guest.domainXml());
        }
        String wanted = "trustGuestRxFilters='%s'".formatted(trusted ? "yes" : "no");
        guest.launcher()
                .run(
                        "/bin/sh",
                        "-c",
                        "printf '%s' \"$1\" | virsh update-device \"$2\" /dev/stdin --live",
                        "sh",
                        TRUST.matcher(nic.group()).replaceFirst(wanted),
                        guest.name());
        if (!guest.domainXml().contains(wanted)) {
            throw new AssertionError("libvirt has not switched it: " + guest.domainXml());
        }
    }
}
