package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.guest.GuestBoot;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.snapshot.SnapshotKey;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import io.github.taplab.spec.NicBackend;
import io.github.taplab.spec.NicModel;
import io.github.taplab.spec.NicSpec;
import io.github.taplab.spec.SeedSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotKeysTests {

    private static final HostFacts TCG = new HostFacts(Platform.AMD64, "b00t", "cpu", 246, true, true, false, "");
    private static final HostFacts KVM = new HostFacts(Platform.AMD64, "b00t", "cpu", 246, true, true, true, "");
    private static final HostFacts KVM_LATER = new HostFacts(Platform.AMD64, "b001", "cpu", 246, true, true, true, "");
    private static final GuestSpec GUEST = GuestSpec.named("guest").withAttachment(Attachment.QEMU);
    private static final GuestSpec ON_DISK = GUEST.withDisk(disk().build());
    private static final NicSpec NIC = NicSpec.DEFAULT;

    private static SnapshotKey key(GuestSpec guest) {
        return key(guest, 5, TCG);
    }

    private static SnapshotKey key(GuestSpec guest, int host, HostFacts facts) {
        return SnapshotKeys.of("sha256:1ab", guest, Optional.empty(), GuestNics.of(guest, host, facts), facts);
    }

    private static SnapshotKey key(GuestSpec guest, String digest) {
        DiskImage image = new DiskImage("/disk/image", "qcow2", digest, List.of());
        return SnapshotKeys.of("sha256:1ab", guest, Optional.of(image), GuestNics.of(guest, 5, TCG), TCG);
    }

    static Stream<GuestSpec> whatIsOutsideOfTheMachine() {
        return Stream.of(
                GuestSpec.named("other").withAttachment(Attachment.QEMU),
                GUEST.withLauncher("east"),
                GUEST.withNic(NIC.withMode(MacvtapMode.PRIVATE)),
                GUEST.withNic(NIC.withAddress(GuestAddress.NONE)),
                GUEST.withNic(NIC.withMtu(1400)));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsOutsideOfTheMachine(GuestSpec guest) {
        assertThat(key(guest)).isEqualTo(key(GUEST));
    }

    @Test
    void libvirtRunsTheSameMachineWhoeverHasMadeTheMacvtap() {
        assertThat(key(GUEST.withAttachment(Attachment.DIRECT)))
                .isEqualTo(key(GUEST.withAttachment(Attachment.PRE_CREATED)))
                .isEqualTo(key(GUEST.withAttachment(Attachment.BRIDGE)))
                .isNotEqualTo(key(GUEST));
    }

    static Stream<GuestSpec> whatTheMachineIsMadeOf() {
        return Stream.of(
                GUEST.withAttachment(Attachment.DIRECT),
                GUEST.withMemoryMib(129),
                GUEST.withCpus(2),
                GUEST.withNics(List.of(NIC, NIC)),
                GUEST.withNic(NIC.withMac(MacAddress.of("02:9e:00:00:00:77"))),
                GUEST.withNic(NIC.withModel(NicModel.E1000E)),
                GUEST.withNic(NIC.withQueues(2)),
                GUEST.withNic(NIC.withBackend(NicBackend.QEMU)));
    }

    @ParameterizedTest
    @MethodSource
    void whatTheMachineIsMadeOf(GuestSpec guest) {
        assertThat(key(guest)).isNotEqualTo(key(GUEST));
    }

    @Test
    void itsMacIsThatOfItsHostNumber() {
        assertThat(key(GUEST, 6, TCG)).isNotEqualTo(key(GUEST, 5, TCG));
    }

    @Test
    void underKvmItHasTheCpuOfTheHostSinceItsStart() {
        assertThat(key(GUEST, 5, KVM)).isNotEqualTo(key(GUEST)).isNotEqualTo(key(GUEST, 5, KVM_LATER));
        assertThat(key(GUEST, 5, new HostFacts(Platform.AMD64, "b001", "cpu", 246, true, true, false, "")))
                .isEqualTo(key(GUEST));
    }

    @Test
    void emulatedItCountsTheTicksOfTheHostsCpu() {
        assertThat(key(GUEST, 5, new HostFacts(Platform.AMD64, "b00t", "another cpu", 246, true, true, false, "")))
                .isNotEqualTo(key(GUEST));
        assertThat(key(GUEST, 5, new HostFacts(Platform.AMD64, "b00t", "cpu", 246, true, false, false, "")))
                .isEqualTo(key(GUEST));
        // Under KVM the start of the kernel says more.
        assertThat(key(GUEST, 5, new HostFacts(Platform.AMD64, "b00t", "another cpu", 246, true, true, true, "")))
                .isEqualTo(key(GUEST, 5, KVM));
    }

    private static DiskSpec.Builder disk() {
        return DiskSpec.builder(new ImageSource.Known("debian-cloud"));
    }

    static Stream<GuestSpec> whatIsOnItsDisks() {
        SeedSpec seed = SeedSpec.builder().user("alice").build();
        return Stream.of(
                ON_DISK.withDisk(disk().firmware(Firmware.UEFI).build()),
                ON_DISK.withDisk(disk().cloudInit(CloudInit.OFF).build()),
                ON_DISK.withDisk(disk().seed(seed).build()),
                // It is its host name.
                GuestSpec.named("other").withAttachment(Attachment.QEMU).withDisk(disk().build()));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsOnItsDisks(GuestSpec guest) {
        assertThat(key(guest, "d15c")).isNotEqualTo(key(ON_DISK, "d15c"));
        assertThat(key(guest, "d15c")).isEqualTo(key(guest, "d15c"));
    }

    @Test
    void whatIsDoneBeforeTheSnapshotIsAPartOfIt() {
        assertThat(key(GUEST).machine()).endsWith(GuestBoot.preparation(GUEST));
        assertThat(key(ON_DISK, "d15c").machine()).endsWith(GuestBoot.preparation(ON_DISK));
        assertThat(GuestBoot.preparation(ON_DISK)).isNotEqualTo(GuestBoot.preparation(GUEST));
    }

    @Test
    void anImageIsWhatIsInIt() {
        assertThat(key(ON_DISK, "d15d")).isNotEqualTo(key(ON_DISK, "d15c"));
    }

    @Test
    void noPasswordOfASeedIsInIt() {
        SeedSpec seed = SeedSpec.builder().password("swordfish").build();

        assertThat(key(ON_DISK.withDisk(disk().seed(seed).build()), "d15c").toString())
                .doesNotContain("swordfish");
    }

    @Test
    void saysInShortWhatItIs() {
        assertThat(key(GUEST).text()).isEqualTo("bare QEMU, TCG, 128 MiB, 1 CPUs, virtio-net-pci 02:9e:00:00:00:05");
        assertThat(key(ON_DISK, "d15c").text())
                .isEqualTo("debian-cloud on bare QEMU, TCG, 768 MiB, 1 CPUs, virtio-net-pci 02:9e:00:00:00:05");
    }
}
