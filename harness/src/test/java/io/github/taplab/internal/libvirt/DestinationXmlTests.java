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
    private static final String RESTORED = BOOTED.replace(
                    "<domain", "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'")
            .replace("</domain>", """
                      <qemu:commandline>
                        <qemu:arg value='-object'/>
                        <qemu:arg value='memory-backend-file,id=taplab.ram,size=128M,mem-path=/s/memory'/>
                        <qemu:arg value='-incoming'/>
                        <qemu:arg value='defer'/>
                      </qemu:commandline>
                    </domain>""");

    @Test
    void theConsolesLogGoesOn() throws Exception {
        Document xml = parse(DestinationXml.of(BOOTED, 128));

        assertThat(at(xml, "//serial/log/@append")).isEqualTo("on");
        assertThat(at(xml, "//console/log/@append")).isEqualTo("on");
    }

    @Test
    void allElseOfAGuestThatHasBootedIsTheSame() {
        assertThat(DestinationXml.of(BOOTED, 128).replace('"', '\''))
                .isEqualToIgnoringWhitespace(BOOTED.replace("append='off'", "append='on'"));
    }

    @Test
    void memoryOutOfAFileHasItsNameAndIsNobodyElses() throws Exception {
        Document xml = parse(DestinationXml.of(RESTORED, 96));

        String arguments = "/domain/*[name() = 'qemu:commandline']/*[name() = 'qemu:arg']";
        assertThat(xml.getDocumentElement().getAttribute("xmlns:qemu"))
                .isEqualTo("http://libvirt.org/schemas/domain/qemu/1.0");
        assertThat(at(xml, "count(%s)".formatted(arguments))).isEqualTo("6");
        assertThat(at(xml, arguments + "[2]/@value"))
                .isEqualTo("memory-backend-ram,id=taplab.ram,size=96M,x-use-canonical-path-for-ramblock-id=off");
        assertThat(at(xml, "count(%s[@value = '-incoming'])".formatted(arguments)))
                .isEqualTo("0");
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
