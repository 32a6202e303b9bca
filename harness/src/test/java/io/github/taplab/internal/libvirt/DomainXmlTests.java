package io.github.taplab.internal.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Memory;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import io.github.taplab.spec.NicModel;
import io.github.taplab.spec.NicSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        assertThat(DomainXml.of(machine(GuestSpec.named("guest"), false, false)))
                .isEqualToNormalizingNewlines(golden("domain-tcg-qemu.xml"));
    }

    @Test
    void kvmGuestWhosePacketsTheKernelMoves() {
        assertThat(DomainXml.of(machine(
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

    /** libvirt refuses ACPI there where no firmware makes its tables. */
    @Test
    void onArm64AKernelIsToldOfItsBoardByADeviceTree() throws Exception {
        Document xml = parse(DomainXml.of(onArm64(new Boot.Kernel("/kernel", "/initrd", "console=ttyAMA0"))));

        assertThat(at(xml, "/domain/os/type/@arch")).isEqualTo("aarch64");
        assertThat(at(xml, "/domain/os/type/@machine")).isEqualTo("virt");
        assertThat(at(xml, "count(//features | //genid | //cpu/feature | //timer)"))
                .isEqualTo("0");
        assertThat(at(xml, "//cpu/@mode")).isEqualTo("maximum");
    }

    @Test
    void onArm64ADiskBootsByItsOwnFirmware() throws Exception {
        Document xml = parse(DomainXml.of(
                onArm64(new Boot.Disk("/d/disk.qcow2", Optional.empty(), Platform.ARM64.firmware(Firmware.BIOS)))));

        assertThat(at(xml, "//os/loader")).isEqualTo("/usr/share/AAVMF/AAVMF_CODE.no-secboot.fd");
        assertThat(at(xml, "//os/nvram/@template")).isEqualTo("/usr/share/AAVMF/AAVMF_VARS.fd");
        assertThat(at(xml, "count(//features/acpi)")).isEqualTo("1");
        assertThat(at(xml, "//video/model/@type")).isEqualTo("virtio");
    }

    private static MachineConfig onArm64(Boot boot) {
        MachineConfig small = machine(GuestSpec.named("guest"), false, false);
        return new MachineConfig(small.guest(), small.nics(), Platform.ARM64, false, boot, small.consoleLog());
    }

    @Test
    void everyValueReachesTheXmlAsTextOnly() throws Exception {
        Document xml = parse(DomainXml.of(new MachineConfig(
                GuestSpec.named("guest"),
                List.of(new NicConfig(NicSpec.DEFAULT, 0, MAC, SPECIAL + "parent", "mvtap5", false)),
                Platform.AMD64,
                false,
                new Boot.Kernel(SPECIAL + "kernel", SPECIAL + "initrd", SPECIAL + "cmdline"),
                SPECIAL + "console")));
        assertThat(at(xml, "//interface/source/@dev")).isEqualTo(SPECIAL + "parent");
        assertThat(at(xml, "/domain/os/kernel")).isEqualTo(SPECIAL + "kernel");
        assertThat(at(xml, "/domain/os/initrd")).isEqualTo(SPECIAL + "initrd");
        assertThat(at(xml, "/domain/os/cmdline")).isEqualTo(SPECIAL + "cmdline");
        assertThat(at(xml, "//serial/log/@file")).isEqualTo(SPECIAL + "console");
    }

    @Test
    void macvtapThatIsThereBefore() {
        assertThat(nic(Attachment.PRE_CREATED, NicSpec.DEFAULT)).isEqualToNormalizingNewlines("""
                <interface type="ethernet" trustGuestRxFilters="no">
                  <mac address="02:9e:12:09:00:05"/>
                  <target dev="mvtap5" managed="no"/>
                  <model type="virtio"/>
                  <driver name="qemu"/>
                  <rom enabled="no"/>
                </interface>""");
    }

    @Test
    void tapOnABridge() {
        assertThat(nic(Attachment.BRIDGE, NicSpec.DEFAULT)).isEqualToNormalizingNewlines("""
                <interface type="bridge">
                  <mac address="02:9e:12:09:00:05"/>
                  <source bridge="eth0"/>
                  <model type="virtio"/>
                  <driver name="qemu"/>
                  <rom enabled="no"/>
                </interface>""");
    }

    @Test
    void severalQueuesAndNoCable() {
        assertThat(nic(Attachment.DIRECT, NicSpec.DEFAULT.withQueues(4).withLinkUp(false)))
                .isEqualToNormalizingNewlines("""
                <interface type="direct" trustGuestRxFilters="no">
                  <mac address="02:9e:12:09:00:05"/>
                  <source dev="eth0" mode="bridge"/>
                  <model type="virtio"/>
                  <driver name="qemu" queues="4"/>
                  <link state="down"/>
                  <rom enabled="no"/>
                </interface>""");
    }

    @Test
    void emulatedNicHasNoDriverToChoose() {
        assertThat(nic(Attachment.DIRECT, NicSpec.DEFAULT.withModel(NicModel.E1000E)))
                .contains("<model type=\"e1000e\"/>")
                .doesNotContain("<driver");
    }

    @Test
    void everyNicIsAnInterfaceOfTheDomain() throws Exception {
        GuestSpec guest = GuestSpec.named("guest").withNics(List.of(NicSpec.DEFAULT, NicSpec.DEFAULT));

        Document xml = parse(DomainXml.of(machine(guest, false, false)));

        assertThat(at(xml, "count(//interface)")).isEqualTo("2");
        assertThat(at(xml, "//interface[2]/mac/@address"))
                .isEqualTo(MAC.sibling().toString());
    }

    private static String nic(Attachment attachment, NicSpec spec) {
        MachineConfig machine =
                machine(GuestSpec.named("guest").withNic(spec).withAttachment(attachment), false, false);
        return DomainXml.ofNic(machine, machine.nics().get(0));
    }

    @Test
    void aDiskBootsByItself() throws Exception {
        Document xml = parse(DomainXml.of(booting(new Boot.Disk(SPECIAL + ".qcow2", Optional.empty(), Firmware.BIOS))));

        assertThat(at(xml, "count(//disk)")).isEqualTo("1");
        assertThat(at(xml, "//disk/source/@file")).isEqualTo(SPECIAL + ".qcow2");
        assertThat(at(xml, "//disk/driver/@type")).isEqualTo("qcow2");
        assertThat(at(xml, "//os/boot/@dev")).isEqualTo("hd");
        assertThat(at(xml, "count(//os/kernel | //os/loader | //os/nvram)")).isEqualTo("0");
        assertThat(at(xml, "count(//clock/timer)")).isEqualTo("0");
        assertThat(at(xml, "//video/model/@type")).isEqualTo("vga");
    }

    @Test
    void aDiskWithASeedAndUefi() throws Exception {
        Document xml = parse(
                DomainXml.of(booting(new Boot.Disk("/d/disk.qcow2", Optional.of(SPECIAL + ".iso"), Firmware.UEFI))));

        assertThat(at(xml, "//disk[2]/source/@file")).isEqualTo(SPECIAL + ".iso");
        assertThat(at(xml, "count(//disk[2]/readonly)")).isEqualTo("1");
        assertThat(at(xml, "count(//disk[1]/readonly)")).isEqualTo("0");
        assertThat(at(xml, "//os/loader")).isEqualTo("/usr/share/OVMF/OVMF_CODE_4M.fd");
        assertThat(at(xml, "//os/loader/@readonly")).isEqualTo("yes");
        assertThat(at(xml, "//os/nvram")).isEqualTo("/d/disk-variables.fd");
        assertThat(at(xml, "//os/nvram/@template")).isEqualTo("/usr/share/OVMF/OVMF_VARS_4M.fd");
    }

    @Test
    void goesOnFromASnapshot() throws Exception {
        Document xml = parse(DomainXml.of(
                machine(GuestSpec.named("guest"), false, false).with(new Memory.Shared(new SnapshotFiles(SPECIAL)))));

        assertThat(xml.getDocumentElement().getAttribute("xmlns:qemu"))
                .isEqualTo("http://libvirt.org/schemas/domain/qemu/1.0");
        assertThat(at(xml, "count(/domain/*[name() = 'qemu:commandline']/*[name() = 'qemu:arg'])"))
                .isEqualTo("10");
        assertThat(at(xml, "/domain/*[name() = 'qemu:commandline']/*[2]/@value"))
                .contains("mem-path=" + SPECIAL + "/memory,share=off,readonly=on,rom=off");
        assertThat(at(xml, "/domain/*[name() = 'qemu:commandline']/*[10]/@value"))
                .isEqualTo("migration.announce-rounds=0");
        assertThat(at(xml, "//serial/log/@append")).isEqualTo("on");
    }

    private static MachineConfig booting(Boot boot) {
        MachineConfig small = machine(GuestSpec.named("guest"), false, false);
        return new MachineConfig(small.guest(), small.nics(), Platform.AMD64, false, boot, small.consoleLog());
    }

    private static MachineConfig machine(GuestSpec guest, boolean kvm, boolean vhost) {
        List<NicConfig> nics = new ArrayList<>();
        MacAddress mac = MAC;
        for (NicSpec nic : guest.nics()) {
            nics.add(new NicConfig(nic, nics.size(), mac, "eth0", "mvtap" + (5 + nics.size()), vhost));
            mac = mac.sibling();
        }
        return new MachineConfig(
                guest,
                nics,
                Platform.AMD64,
                kvm,
                new Boot.Kernel("/usr/lib/taplab/guest/vmlinux", "/usr/lib/taplab/guest/initrd", "console=ttyS0 quiet"),
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
