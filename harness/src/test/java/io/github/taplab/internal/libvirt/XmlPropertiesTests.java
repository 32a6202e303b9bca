package io.github.taplab.internal.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Document;

/** Whatever goes into libvirt's XML comes out of it, and what comes from libvirt is XML or thrown. */
class XmlPropertiesTests {

    private static final MacAddress MAC = MacAddress.of("02:9e:12:09:00:05");

    @Property
    void aKernelsCommandLineIsReadBack(@ForAll("lines") String line) {
        MachineConfig machine = new MachineConfig(
                GuestSpec.named("guest"),
                List.of(),
                Platform.AMD64,
                false,
                new Boot.Kernel("/k&k", "/i<i", line),
                "/log\"'");

        Document xml = InterfaceXml.parse(DomainXml.of(machine));

        assertThat(xml.getElementsByTagName("cmdline").item(0).getTextContent()).isEqualTo(line);
        assertThat(xml.getElementsByTagName("kernel").item(0).getTextContent()).isEqualTo("/k&k");
        assertThat(xml.getElementsByTagName("cmdline").getLength()).isEqualTo(1);
    }

    @Property
    void anythingElseThanXmlIsThrown(@ForAll("documents") String text) {
        for (Throwable thrown : new Throwable[] {
            catchThrowable(() -> InterfaceXml.find(text, MAC)), catchThrowable(() -> SerialXml.terminal(text))
        }) {
            if (thrown != null) {
                assertThat(thrown).isExactlyInstanceOf(IllegalStateException.class);
            }
        }
    }

    /** Found: such a document was taken without complaint. */
    @Example
    void aDocumentThatNamesAFileIsRefused() throws Exception {
        Path secret = Files.createTempFile("taplab", ".txt");
        try {
            Files.writeString(secret, "s3cret");
            String xml =
                    "<!DOCTYPE domain [<!ENTITY e SYSTEM \"%s\">]><domain><interface><mac address='%s'/>&e;</interface></domain>"
                            .formatted(secret.toUri(), MAC);

            assertThat(catchThrowable(() -> InterfaceXml.find(xml, MAC)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("libvirt's XML can't be read: <!DOCTYPE domain")
                    .hasRootCauseMessage(
                            "DOCTYPE is disallowed when the feature \"http://apache.org/xml/features/disallow-doctype-decl\" set to true.");
        } finally {
            Files.delete(secret);
        }
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("<>&\"'é€]]>")
                .ofMinLength(1)
                .ofMaxLength(100);
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.mutated("<domain><devices><interface type='direct'><mac address='02:9e:12:09:00:05'/>"
                        + "<target dev='macvtap0'/></interface>"
                        + "<serial type='pty'><source path='/dev/pts/0'/></serial></devices></domain>"));
    }
}
