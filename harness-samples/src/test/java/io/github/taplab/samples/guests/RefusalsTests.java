package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a tool prints is the kernel's error number in words; which rule has refused is told nowhere but here. */
@Question(
        value = "Why can't my macvtap be made: Operation not permitted, Device or resource busy, Invalid argument?",
        answer =
                "Not permitted: NET_ADMIN is missing; busy: the parent is a bridge's port or carries an ipvlan; invalid:"
                        + " the parent is no Ethernet, its MTU is exceeded, or mode passthru is not alone",
        asked = {
            "https://github.com/containernetworking/cni/issues/7",
            "https://github.com/openvswitch/ovs-issues/issues/140",
            "https://github.com/vdsm/virtual-dsm/issues/405"
        })
@LabContainer
@Order(805)
@DisplayName("8.5 A macvtap that can't be made, and what is said then")
@SuppressWarnings("NullAway.Init") // The lab sets the field.
class RefusalsTests {

    private static final String ADD = "ip link add link %s name refused0 type macvtap mode bridge";

    private static final String DOMAIN = "<domain type='qemu'><name>refused</name><memory>65536</memory>"
            + "<os><type>hvm</type></os><devices><interface type='direct'>"
            + "<mac address='52:54:00:00:00:85'/>%s</interface></devices></domain>";

    @FromLab
    Launcher launcher;

    @Test
    @Order(1)
    @DisplayName("on an Ethernet interface it can be made")
    void onEthernetItIsMade() {
        launcher.sh(ADD.formatted("eth0") + " && ip link delete dev refused0");
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: without NET_ADMIN the operation is not permitted")
    void withoutNetAdmin() {
        refuses("setpriv --bounding-set -net_admin " + ADD.formatted("eth0"), "Operation not permitted");
    }

    @Test
    @Order(3)
    @DisplayName("a parent that is a bridge's port is busy: it has somebody who takes its frames already")
    void portOfABridge() {
        launcher.sh("ip link add br0 type bridge && ip link add port0 type veth peer name port1"
                + " && ip link set port0 master br0");
        try {
            refuses(ADD.formatted("port0"), "Device or resource busy");
        } finally {
            launcher.sh("ip link delete dev port0 && ip link delete dev br0");
        }
    }

    @Test
    @Order(4)
    @DisplayName("so is a parent with an ipvlan, for the same reason")
    void parentOfAnIpvlan() {
        CommandResult ipvlan =
                launcher.tryRun("ip", "link", "add", "link", "eth0", "name", "ipvlan0", "type", "ipvlan");
        assumeTrue(
                ipvlan.succeeded(),
                () -> "The kernel of the Docker host has no ipvlan (module ipvlan): "
                        + ipvlan.stderr().strip());
        try {
            refuses(ADD.formatted("eth0"), "Device or resource busy");
        } finally {
            launcher.run("ip", "link", "delete", "dev", "ipvlan0");
        }
    }

    @Test
    @Order(5)
    @DisplayName("a parent that is no Ethernet, or an MTU above the parent's, is an invalid argument")
    void invalidArguments() {
        refuses(ADD.formatted("lo"), "Invalid argument");
        refuses(ADD.formatted("eth0 mtu 65000"), "Invalid argument");
    }

    private void refuses(String line, String words) {
        CommandResult refused = launcher.tryRun("/bin/sh", "-c", line);
        assertThat(refused).hasExitCode(2);
        assertThat(refused.stderr()).isEqualToIgnoringNewLines("RTNETLINK answers: " + words);
    }

    @Test
    @Order(6)
    @DisplayName("libvirt passes the kernel's words on, and has words of its own for an MTU")
    void libvirt() {
        assertThat(libvirtSays("<source dev='lo' mode='bridge'/>"))
                .contains("error creating macvtap interface macvtap0@lo (52:54:00:00:00:85): Invalid argument");
        assertThat(libvirtSays("<source dev='nowhere' mode='bridge'/>"))
                .contains("Unable to get index for interface nowhere: No such device");
        assertThat(libvirtSays("<source dev='eth0' mode='bridge'/><mtu size='1400'/>"))
                .contains("unsupported configuration: setting MTU on interface type direct is not supported yet");
    }

    private String libvirtSays(String source) {
        CommandResult refused = launcher.tryRun(
                "sh", "-c", "printf %s \"$1\" | virsh create /dev/stdin", "sh", DOMAIN.formatted(source));
        assertThat(refused).failed();
        return refused.stderr();
    }
}
