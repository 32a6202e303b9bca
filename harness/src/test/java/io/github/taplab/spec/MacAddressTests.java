package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTests {

    @ParameterizedTest
    @ValueSource(strings = {"02:9e:12:09:00:01", "02:9E:12:09:00:01", "02-9E-12-09-00-01", "02-9e-12-09-00-01"})
    void everyWayOfWritingItIsTheSameAddress(String text) {
        assertThat(MacAddress.of(text)).isEqualTo(new MacAddress(0x029e_1209_0001L));
    }

    @Test
    void isPrintedAsIproute2Does() {
        assertThat(MacAddress.of("02-9E-12-09-0A-01")).hasToString("02:9e:12:09:0a:01");
        assertThat(new MacAddress(0)).hasToString("00:00:00:00:00:00");
        assertThat(MacAddress.BROADCAST).hasToString("ff:ff:ff:ff:ff:ff");
    }

    @Test
    void isMadeOfSixOctets() {
        assertThat(MacAddress.ofOctets(0x02, 0x9e, 0x12, 0x09, 0x00, 0xff)).hasToString("02:9e:12:09:00:ff");
    }

    @Test
    void lowestBitOfTheFirstOctetMeansMulticast() {
        assertThat(MacAddress.of("01:00:5e:00:00:01").isMulticast()).isTrue();
        assertThat(MacAddress.BROADCAST.isMulticast()).isTrue();
        assertThat(MacAddress.of("02:01:01:01:01:01").isMulticast()).isFalse();
    }

    @Test
    void secondBitOfTheFirstOctetMeansLocallyAdministered() {
        assertThat(MacAddress.of("02:00:00:00:00:01").isLocallyAdministered()).isTrue();
        assertThat(MacAddress.of("52:54:00:12:34:56").isLocallyAdministered()).isTrue();
        assertThat(MacAddress.of("00:16:3e:02:02:02").isLocallyAdministered()).isFalse();
    }

    @Test
    void siblingDiffersInTheLastOctetAndIsMutual() {
        MacAddress mac = MacAddress.of("02:9e:12:09:00:05");

        assertThat(mac.sibling()).hasToString("02:9e:12:09:00:85");
        assertThat(mac.sibling().sibling()).isEqualTo(mac);
    }

    @Test
    void isOrderedByValue() {
        MacAddress low = MacAddress.of("00:ff:ff:ff:ff:ff");
        MacAddress middle = MacAddress.of("7f:00:00:00:00:00");

        assertThat(Stream.of(MacAddress.BROADCAST, low, middle).sorted())
                .containsExactly(low, middle, MacAddress.BROADCAST);
        assertThat(low).isEqualByComparingTo(MacAddress.of("00-FF-FF-FF-FF-FF"));
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 1112: 23 bits, so the ninth from the left is lost.
        "224.0.0.1, 01:00:5e:00:00:01",
        "239.255.171.205, 01:00:5e:7f:ab:cd",
        "239.127.171.205, 01:00:5e:7f:ab:cd",
        "ff02::1, 33:33:00:00:00:01",
        "ff02::1:ff89:abcd, 33:33:ff:89:ab:cd"
    })
    void groupHasAnAddress(String group, String mac) {
        assertThat(MacAddress.ofGroup(InterfaceIp.ip(group)))
                .isEqualTo(MacAddress.of(mac))
                .matches(MacAddress::isMulticast);
    }
}
