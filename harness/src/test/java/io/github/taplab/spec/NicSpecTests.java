package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NicSpecTests {

    @Test
    void defaultsAreThoseOfTheAnnotation() {
        assertThat(NicSpec.DEFAULT)
                .isEqualTo(new NicSpec(MacvtapMode.BRIDGE, GuestAddress.OWN, Optional.empty(), false));
    }

    @Test
    void eachWitherChangesOneThing() {
        MacAddress mac = MacAddress.of("02:9e:12:09:00:01");

        assertThat(NicSpec.DEFAULT
                        .withMode(MacvtapMode.VEPA)
                        .withAddress(GuestAddress.NONE)
                        .withMac(mac)
                        .withTrustGuestRxFilters(true))
                .isEqualTo(new NicSpec(MacvtapMode.VEPA, GuestAddress.NONE, Optional.of(mac), true));
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
