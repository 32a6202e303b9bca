package io.github.taplab.internal.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DestinationXmlTests {

    private static final String BOOTED = """
            <domain type='qemu'>
              <name>db</name>
              <genid>db098d1a-6b53-4a7e-803e-5e6efcbe97d1</genid>
              <devices>
                <interface type='direct'>
                  <mac address='02:9e:00:00:00:06'/>
                </interface>
                <serial type='pty'>
                  <log append='off' file='/var/log/taplab/db.log'/>
                </serial>
                <console type='pty'>
                  <log append='off' file='/var/log/taplab/db.log'/>
                </console>
              </devices>
            </domain>
            """;

    @Test
    void theConsolesLogGoesOn() throws Exception {
        Document xml = parse(DestinationXml.of(BOOTED));

        assertThat(at(xml, "//serial/log/@append")).isEqualTo("on");
        assertThat(at(xml, "//console/log/@append")).isEqualTo("on");
    }

    @Test
    void allElseIsTheSame() {
        assertThat(DestinationXml.of(BOOTED).replace('"', '\''))
                .isEqualToIgnoringWhitespace(BOOTED.replace("append='off'", "append='on'"));
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }

    private static String at(Document xml, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, xml);
    }
}
