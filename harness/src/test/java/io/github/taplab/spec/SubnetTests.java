package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetTests {

    private static final Subnet LAB = Subnet.of("198.18.9.0/24");

    @Test
    void readsNetworkAndLength() {
        assertThat(LAB.network()).isEqualTo(InterfaceIp.ip("198.18.9.0"));
        assertThat(LAB.prefixLength()).isEqualTo(24);
        assertThat(LAB).hasToString("198.18.9.0/24");
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.9.0/24, 1, 198.18.9.1",
        "198.18.9.0/24, 254, 198.18.9.254",
        "198.18.0.0/16, 256, 198.18.1.0",
        "198.18.9.16/28, 14, 198.18.9.30"
    })
    void countsHostsFromTheNetworkAddress(String subnet, int n, String ip) {
        assertThat(Subnet.of(subnet).host(n)).isEqualTo(InterfaceIp.ip(ip));
    }

    @Test
    void hostWithPrefixLengthIsReadyForAnInterface() {
        assertThat(LAB.interfaceIp(2)).isEqualTo(InterfaceIp.of("198.18.9.2/24"));
    }

    @ParameterizedTest
    @CsvSource({"198.18.9.0/24, 256", "198.18.0.0/15, 131072", "198.18.9.16/28, 16"})
    void sizeCountsAllAddresses(String subnet, long size) {
        assertThat(Subnet.of(subnet).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.9.0, true",
        "198.18.9.2, true",
        "198.18.9.255, true",
        "198.18.8.255, false",
        "198.18.10.0, false",
        "fd00::9, false"
    })
    void containsItsOwnAddressesOnly(String ip, boolean contained) {
        assertThat(LAB.contains(InterfaceIp.ip(ip))).isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.9.0/24, true",
        "198.19.255.0/24, true",
        "198.18.0.0/15, true",
        "198.16.0.0/14, false",
        "198.20.0.0/24, false",
        "10.0.0.0/24, false"
    })
    void labRangeContainsWholeNetworksOnly(String subnet, boolean contained) {
        assertThat(Subnet.LAB_RANGE.contains(Subnet.of(subnet))).isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({"24, 0, 198.18.0.0/24", "24, 9, 198.18.9.0/24", "24, 511, 198.19.255.0/24", "28, 1, 198.18.0.16/28"})
    void isCutIntoPartsInOrder(int length, int index, String part) {
        assertThat(Subnet.LAB_RANGE.part(length, index)).isEqualTo(Subnet.of(part));
    }

    @Test
    void wholeIsItsOnlyPartOfTheSameLength() {
        assertThat(LAB.part(24, 0)).isEqualTo(LAB);
    }
}
