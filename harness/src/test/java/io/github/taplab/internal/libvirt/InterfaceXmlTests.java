package io.github.taplab.internal.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.Test;

class InterfaceXmlTests {

    private static final String DOMAIN = """
            <domain type='qemu'>
              <devices>
                <interface type='direct'>
                  <mac address='02:9e:12:09:00:05' currentAddress='02:9e:12:09:00:77'/>
                  <target dev='macvtap0'/>
                  <link state='down'/>
                  <alias name='net0'/>
                </interface>
                <interface type='direct'>
                  <mac address='02:9e:12:09:00:06'/>
                  <target dev='macvtap1'/>
                  <alias name='net1'/>
                </interface>
              </devices>
            </domain>
            """;

    @Test
    void findsAnInterfaceByTheAddressThatItWasDefinedWith() {
        assertThat(find("02:9e:12:09:00:05").target()).hasValue("macvtap0");
        assertThat(find("02:9e:12:09:00:06").target()).hasValue("macvtap1");
        assertThat(InterfaceXml.find(DOMAIN, MacAddress.of("02:9e:12:09:00:77")))
                .isEmpty();
    }

    @Test
    void changesTheLinkAndNothingElse() {
        assertThat(find("02:9e:12:09:00:05").withLink(true))
                .contains("<link state=\"up\"/>", "<alias name=\"net0\"/>")
                .doesNotContain("down");
        assertThat(find("02:9e:12:09:00:06").withLink(false))
                .contains("<link state=\"down\"/>", "<alias name=\"net1\"/>");
    }

    private static InterfaceXml find(String mac) {
        return InterfaceXml.find(DOMAIN, MacAddress.of(mac)).orElseThrow();
    }
}
