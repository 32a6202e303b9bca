package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                        .withIp(Cidr.ip("198.18.9.77"))
                        .model())
                .isEqualTo(NicModel.E1000E);
        assertThat(NicSpec.DEFAULT.withIp(Cidr.ip("198.18.9.77")).ip()).hasValue(Cidr.ip("198.18.9.77"));
    }

    @Test
    void refusesAnAddressOfYourChoiceForANicThatGetsAnother() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() ->
                        NicSpec.DEFAULT.withAddress(GuestAddress.TAKE_OVER).withIp(Cidr.ip("198.18.9.77")))
                .withMessage("ip = \"198.18.9.77\" with address = TAKE_OVER: an address of your choice goes with OWN");
    }

    @Test
    void refusesAnIpv6AddressOfYourChoice() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> NicSpec.DEFAULT.withIp(Cidr.ip("fd00::1")))
                .withMessage("ip = \"fd00:0:0:0:0:0:0:1\" is IPv6, a lab chooses those itself");
    }

    @ParameterizedTest
    @ValueSource(ints = {67, 1501})
    void refusesAnMtuBeyondTheLimits(int mtu) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> NicSpec.DEFAULT.withMtu(mtu))
                .withMessage(
                        "mtu = %d, must be 68 to 1500 (bytes): the kernel refuses a macvtap above its parent's MTU",
                        mtu);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9})
    void refusesTooFewOrTooManyQueues(int queues) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> NicSpec.DEFAULT.withQueues(queues))
                .withMessage("queues = %d, must be 1 to 8", queues);
    }

    @Test
    void refusesWhatOnlyVirtioHasForAnotherModel() {
        NicSpec e1000e = NicSpec.DEFAULT.withModel(NicModel.E1000E);

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> e1000e.withQueues(2))
                .withMessage("queues = 2 with model = E1000E: only VIRTIO has several");
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> e1000e.withBackend(NicBackend.VHOST))
                .withMessage("backend = VHOST with model = E1000E: vhost-net serves only VIRTIO");
    }

    @Test
    void refusesAMulticastMac() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> NicSpec.DEFAULT.withMac(MacAddress.of("01:00:5e:00:00:01")))
                .withMessage("mac = \"01:00:5e:00:00:01\" is a multicast address, an interface needs a unicast one:"
                        + " clear the lowest bit of the first octet");
    }

    @Test
    void refusesTheMacOfNobody() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> NicSpec.DEFAULT.withMac(new MacAddress(0)))
                .withMessage("mac = \"00:00:00:00:00:00\" is no station's address");
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
