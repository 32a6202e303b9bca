package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NicSpecTests {

    @Test
    void defaultsAreThoseOfTheAnnotation() {
        assertThat(NicSpec.DEFAULT)
                .isEqualTo(new NicSpec(
                        MacvtapMode.BRIDGE,
                        GuestAddress.OWN,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        NicModel.VIRTIO,
                        NicBackend.AUTO,
                        Optional.empty(),
                        1,
                        true));
    }

    @Test
    void eachWitherChangesOneThing() {
        MacAddress mac = MacAddress.of("02:9e:12:09:00:01");

        assertThat(NicSpec.DEFAULT
                        .withMode(MacvtapMode.VEPA)
                        .withAddress(GuestAddress.NONE)
                        .withMac(mac)
                        .withTrustGuestRxFilters(true)
                        .withBackend(NicBackend.QEMU)
                        .withMtu(1400)
                        .withQueues(2)
                        .withLinkUp(false))
                .isEqualTo(new NicSpec(
                        MacvtapMode.VEPA,
                        GuestAddress.NONE,
                        Optional.empty(),
                        Optional.of(mac),
                        true,
                        NicModel.VIRTIO,
                        NicBackend.QEMU,
                        Optional.of(1400),
                        2,
                        false));
        assertThat(NicSpec.DEFAULT
                        .withModel(NicModel.E1000E)
                        .withIp(InterfaceIp.ip("198.18.9.77"))
                        .model())
                .isEqualTo(NicModel.E1000E);
        assertThat(NicSpec.DEFAULT.withIp(InterfaceIp.ip("198.18.9.77")).ip()).hasValue(InterfaceIp.ip("198.18.9.77"));
    }

    @ParameterizedTest
    @CsvSource({
        "BRIDGE, bridge, bridge",
        "VEPA, vepa, vepa",
        "PRIVATE, private, private",
        "PASSTHRU, passthru, passthrough"
    })
    void modeHasTheKernelsNameAndLibvirts(MacvtapMode mode, String kernel, String libvirt) {
        assertThat(mode.kernelName()).isEqualTo(kernel);
        assertThat(mode.libvirtName()).isEqualTo(libvirt);
    }
}
