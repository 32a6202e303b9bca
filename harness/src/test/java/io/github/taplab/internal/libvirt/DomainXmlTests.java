package io.github.taplab.internal.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.libvirt.DomainXml.Domain;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import io.github.taplab.spec.NicSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DomainXmlTests {

    private static final MacAddress MAC = MacAddress.of("02:9e:12:09:00:05");
    private static final String SPECIAL = "a<b>&c\"d'e</cmdline><!--]]>";

    @Test
    void emulatedGuestWhosePacketsQemuMoves() {
        assertThat(DomainXml.of(domain(GuestSpec.named("guest"), false, false)))
                .isEqualToNormalizingNewlines(golden("domain-tcg-qemu.xml"));
    }

    @Test
    void kvmGuestWhosePacketsTheKernelMoves() {
        assertThat(DomainXml.of(domain(
                        GuestSpec.named("left")
                                .withNic(NicSpec.DEFAULT
                                        .withMode(MacvtapMode.PASSTHRU)
                                        .withTrustGuestRxFilters(true))
                                .withMemoryMib(512)
                                .withCpus(2),
                        true,
                        true)))
                .isEqualToNormalizingNewlines(golden("domain-kvm-vhost.xml"));
    }

    @Test
    void everyValueReachesTheXmlAsTextOnly() throws Exception {
        Document xml = parse(DomainXml.of(new Domain(
                GuestSpec.named("guest"),
                MAC,
                SPECIAL + "parent",
                false,
                false,
                SPECIAL + "kernel",
                SPECIAL + "initrd",
                SPECIAL + "cmdline",
                SPECIAL + "console")));
        assertThat(at(xml, "//interface/source/@dev")).isEqualTo(SPECIAL + "parent");
        assertThat(at(xml, "/domain/os/kernel")).isEqualTo(SPECIAL + "kernel");
        assertThat(at(xml, "/domain/os/initrd")).isEqualTo(SPECIAL + "initrd");
        assertThat(at(xml, "/domain/os/cmdline")).isEqualTo(SPECIAL + "cmdline");
        assertThat(at(xml, "//serial/source/@path")).isEqualTo(SPECIAL + "console");
    }

    private static Domain domain(GuestSpec guest, boolean kvm, boolean vhost) {
        return new Domain(
                guest,
                MAC,
                "eth0",
                kvm,
                vhost,
                "/usr/lib/taplab/guest/vmlinux",
                "/usr/lib/taplab/guest/initrd",
                "console=ttyS0 quiet",
                "/var/log/taplab/guest.log");
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }

    private static String at(Document xml, String path) throws Exception {
        return XPathFactory.newDefaultInstance().newXPath().evaluate(path, xml);
    }

    private static String golden(String name) {
        try (InputStream in = Objects.requireNonNull(DomainXmlTests.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
