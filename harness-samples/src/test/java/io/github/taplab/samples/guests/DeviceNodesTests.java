package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * {@code /dev/tapN} is a name for a device number, and to open it asks for no more than that number. It is a macvtap's
 * as long as that lives and whoever's comes next then, in any network namespace (tap.c of the kernel,
 * {@code tap_open}). So a node has to be made from what {@code /sys} says of the interface, and each time anew.
 */
@Question(
        value = "Why is /dev/tapN refused, or why does it lead to another guest's macvtap?",
        answer = "No such device: nobody has the node's number; Permission denied: the file's owner and mode; Operation"
                + " not permitted: the container's device rules; the number of a macvtap that was made anew or is"
                + " elsewhere is not refused, and leads to whoever has it",
        asked = {
            "https://github.com/kubevirt/kubevirt/issues/13169",
            "https://github.com/kubevirt/macvtap-cni/issues/137"
        })
@LabContainer(launchers = {"here", "there"})
@Order(809)
@DisplayName("8.9 What the device of a macvtap leads to")
@SuppressWarnings("NullAway.Init") // The lab and the set-up set the fields.
class DeviceNodesTests {

    private static final String OPEN = "exec 3<>" + TapDevices.NODE;

    @FromLab("here")
    Launcher here;

    @FromLab("there")
    Launcher there;

    private TapDevices devices;
    private TapDevices devicesThere;

    @BeforeEach
    void setUp() {
        devices = new TapDevices(here);
        devicesThere = new TapDevices(there);
    }

    @AfterEach
    void clear() {
        devices.close();
        devicesThere.close();
    }

    @Test
    @Order(1)
    @DisplayName("a node with the interface's number is opened, by whoever may read and write the file")
    void nodeOfTheInterface() {
        devices.add("macvtap0");
        devices.makeNode(devices.numberOf("macvtap0"));
        assertThat(here.sh(OPEN)).succeeded();

        refuses("setpriv --reuid 65534 --clear-groups sh -c '%s'".formatted(OPEN), "Permission denied");
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: nobody's number is no such device, and what is no macvtap's is not permitted")
    void otherNumbersAreRefused() {
        // The kernel gives the lowest number that is free.
        devices.makeNode("$(awk '$2 == \"macvtap\" { print $1 }' /proc/devices) 1000000");
        refuses(OPEN, "No such device");

        // The number of /dev/kmsg, for which a launcher has no rule.
        devices.makeNode("1 11");
        refuses(OPEN, "Operation not permitted");
    }

    private void refuses(String line, String words) {
        CommandResult refused = here.tryRun("/bin/sh", "-c", line);
        assertThat(refused).hasExitCode(2);
        assertThat(refused.stderr()).endsWith(TapDevices.NODE + ": " + words + "\n");
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: the number of an interface that was made anew is another one's, and not refused")
    void numberOfAnInterfaceThatWasMadeAnew() {
        String old = devices.makeAnewAfter("macvtap1", "macvtap0");

        assertThat(devices.numberOf("macvtap0")).isNotEqualTo(old);
        assertThat(devices.numberOf("macvtap1")).isEqualTo(old);
        devices.makeNode(old);
        assertThat(here.sh(OPEN)).succeeded();
    }

    @Test
    @Order(4)
    @DisplayName(
            "broken on purpose: the number of another container's macvtap is not refused, and its frames are heard")
    void numberOfAnotherNamespace() {
        devicesThere.add("macvtap0");
        devices.makeNode(devicesThere.numberOf("macvtap0"));
        assertThat(here.links()).extracting(Link::name).doesNotContain("macvtap0");

        String nobodys = InterfaceIp.text(here.interfaceIp().plus(100).ip());
        // A question to all stations, sent while the device is open.
        String heard = here.sh("%s; arping -q -c 1 -w 1 -I eth0 %s; timeout 5 cat <&3 | od -An -v -tx1"
                        .formatted(OPEN, nobodys))
                .stdout();
        assertThat(heard.replaceAll("\\s", ""))
                .contains("ffffffffffff" + here.mac().toString().replace(":", "") + "0806");
    }
}
