package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * libvirt filters with ebtables and iptables, which see nothing of a macvtap. Its parser takes a {@code <filterref>}
 * for the types network, bridge and ethernet, and passes over it elsewhere.
 */
@Question(
        value = "Does a libvirt network filter (nwfilter, clean-traffic) work on a macvtap?",
        answer =
                "No: in an interface of type direct libvirt drops the <filterref> without a word, even with --validate")
@LabContainer
@Order(509)
@DisplayName("5.9 libvirt's network filters are not for macvtaps")
@SuppressWarnings("NullAway.Init") // The lab sets the field.
class NwfilterTests {

    private static final String DOMAIN = """
            <domain type='qemu'>
              <name>filtered</name>
              <memory unit='MiB'>64</memory>
              <os><type>hvm</type></os>
              <devices>
                <interface type='%s'>
                  %s
                  <filterref filter='clean-traffic'/>
                </interface>
              </devices>
            </domain>
            """;

    @FromLab
    Launcher launcher;

    @Test
    @Order(1)
    @DisplayName("broken on purpose: a filter in an interface of type direct is accepted, and then it is not there")
    void filterOfADirectInterfaceIsForgotten() {
        assertThat(definedAs("direct", "<source dev='eth0' mode='bridge'/>"))
                .contains("<interface type='direct'>")
                .doesNotContain("filterref");
    }

    @Test
    @Order(2)
    @DisplayName("one in an interface of type bridge or ethernet is kept")
    void filterOfABridgeOrEthernetInterfaceIsKept() {
        assertThat(definedAs("bridge", "<source bridge='br0'/>")).contains("<filterref filter='clean-traffic'/>");
        assertThat(definedAs("ethernet", "<target dev='tap0' managed='no'/>"))
                .contains("<filterref filter='clean-traffic'/>");
    }

    /** What libvirt makes of a domain, without starting it. */
    private String definedAs(String type, String source) {
        CommandResult defined = launcher.run(
                "sh",
                "-c",
                "printf %s \"$1\" | virsh -q define --validate /dev/stdin",
                "sh",
                DOMAIN.formatted(type, source));
        assertThat(defined.stderr()).isEmpty();
        try {
            return launcher.run("virsh", "dumpxml", "filtered").stdout();
        } finally {
            launcher.run("virsh", "undefine", "filtered");
        }
    }
}
