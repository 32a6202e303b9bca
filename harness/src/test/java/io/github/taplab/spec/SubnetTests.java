package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTests {

    private static final Subnet LAB = Subnet.of("198.18.9.0/24");

    @Test
    void readsNetworkAndLength() {
        assertThat(LAB.network()).isEqualTo(Cidr.ip("198.18.9.0"));
        assertThat(LAB.prefixLength()).isEqualTo(24);
        assertThat(LAB).hasToString("198.18.9.0/24");
    }

    @Test
    void refusesHostBitsAndSaysTheNetwork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.of("198.18.9.7/24"))
                .withMessage("198.18.9.7/24 has host bits set, the network is 198.18.9.0/24");
    }

    @Test
    void refusesIpv6() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.of("fd00:0:0:9::/64"))
                .withMessage("A lab's subnet is IPv4, found fd00:0:0:9:0:0:0:0");
    }

    @Test
    void refusesWhatIsNoNetworkAtAll() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.of("198.18.9.0"))
                .withMessage("\"198.18.9.0\" has no prefix length: an address such as 198.18.9.2/24");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.of("lab/24"))
                .withMessage("\"lab\" is not an IP address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.of("198.18.9.0/33"))
                .withMessage("The prefix length of 198.18.9.0 is 0 to 32, found 33");
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.9.0/24, 1, 198.18.9.1",
        "198.18.9.0/24, 254, 198.18.9.254",
        "198.18.0.0/16, 256, 198.18.1.0",
        "198.18.9.16/28, 14, 198.18.9.30"
    })
    void countsHostsFromTheNetworkAddress(String subnet, int n, String ip) {
        assertThat(Subnet.of(subnet).host(n)).isEqualTo(Cidr.ip(ip));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 255, 256})
    void networkBroadcastAndBeyondAreNoHosts(int n) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LAB.host(n))
                .withMessage("198.18.9.0/24 has hosts 1 to 254, found %d", n);
    }

    @Test
    void hostWithPrefixLengthIsReadyForAnInterface() {
        assertThat(LAB.hostCidr(2)).isEqualTo(Cidr.of("198.18.9.2/24"));
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
        assertThat(LAB.contains(Cidr.ip(ip))).isEqualTo(contained);
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

    @ParameterizedTest
    @CsvSource({"24, 512", "24, -1", "14, 0", "33, 0"})
    void hasNoOtherParts(int length, int index) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.LAB_RANGE.part(length, index))
                .withMessage("198.18.0.0/15 has no part %d of length /%d", index, length);
    }
}
