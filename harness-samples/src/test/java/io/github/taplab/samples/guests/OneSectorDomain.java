package io.github.taplab.samples.guests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.taplab.node.Launcher;

/**
 * A domain whose disk is one sector: the BIOS loads it, and it does one thing. A panic is what a guest's pvpanic driver
 * says by one octet to port 0x505.
 */
final class OneSectorDomain {

    // mov al, 0xfe; out 0x64, al: the keyboard controller resets the machine.
    static final String RESET = "\\260\\376\\346\\144\\364\\353\\375";
    // mov dx, 0x505; mov al, 1; out dx, al; mov dx, 0x3f8; mov al, 'x'; out dx, al: panic, and go on.
    static final String PANIC = "\\272\\005\\005\\260\\001\\356\\272\\370\\003\\260\\170\\356\\364\\353\\375";
    static final String PANIC_DEVICE = "<panic model='isa'/>";

    private static final String START = """
            printf "$1" >/tmp/disk && truncate -s 510 /tmp/disk && printf '\\125\\252' >>/tmp/disk \\
              && truncate -s 1M /tmp/disk && rm -f /tmp/serial && cat >/tmp/domain.xml <<END && virsh create /tmp/domain.xml
            <domain type='qemu'><name>sector</name><memory unit='MiB'>16</memory>
            <os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>
            <on_reboot>$2</on_reboot><on_crash>$3</on_crash><devices>
            <disk type='file' device='disk'><source file='/tmp/disk'/><target dev='hda' bus='ide'/></disk>
            <interface type='direct'><source dev='eth0' mode='bridge'/><model type='virtio'/><rom enabled='no'/></interface>
            <serial type='file'><source path='/tmp/serial'/></serial><memballoon model='none'/>$4
            </devices></domain>
            END
            """;

    private OneSectorDomain() {}

    static void start(Launcher launcher, String sector, String onReboot, String onCrash, String device) {
        assumeTrue(launcher.run("uname", "-m").text().equals("x86_64"), "only a PC has a BIOS that loads one sector");
        launcher.run("/bin/sh", "-c", START, "start", sector, onReboot, onCrash, device);
    }

    static String state(Launcher launcher) {
        return launcher.run("virsh", "domstate", "--reason", "sector").text();
    }

    /** It may have ended by itself. */
    static void end(Launcher launcher) {
        launcher.tryRun("virsh", "destroy", "sector");
    }
}
