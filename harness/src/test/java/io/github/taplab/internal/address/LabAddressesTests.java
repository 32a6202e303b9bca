package io.github.taplab.internal.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.address.LabAddresses.Role;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Subnet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LabAddressesTests {

    private static final LabAddresses ADDRESSES = new LabAddresses(Subnet.of("198.18.9.0/24"));

    @ParameterizedTest
    @CsvSource({
        "LAUNCHER, 198.18.9.0/24, 2, 02:1a:12:09:00:02",
        "CLIENT, 198.18.9.0/24, 4, 02:c1:12:09:00:04",
        "GATEWAY, 198.18.9.0/24, 1, 02:6a:12:09:00:01",
        "INTERNET, 198.19.255.0/24, 254, 02:eb:13:ff:00:fe",
        "CLIENT, 198.18.0.0/16, 65534, 02:c1:12:00:ff:fe"
    })
    void macTellsRoleNetworkAndHost(Role role, String subnet, int host, String mac) {
        assertThat(new LabAddresses(Subnet.of(subnet)).mac(role, host)).isEqualTo(MacAddress.of(mac));
    }

    @ParameterizedTest
    @CsvSource({"5, 02:9e:00:00:00:05", "65534, 02:9e:00:00:ff:fe"})
    void macOfAGuestIsTheSameOnEveryNetwork(int host, String mac) {
        assertThat(LabAddresses.guestMac(host)).isEqualTo(MacAddress.of(mac));
        assertThat(LabAddresses.guestMac(host).isMulticast()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void macIsUnicastAndLocallyAdministered(Role role) {
        MacAddress mac = ADDRESSES.mac(role, 2);

        assertThat(mac.isMulticast()).isFalse();
        assertThat(mac.isLocallyAdministered()).isTrue();
    }

    @Test
    void rolesDifferInTheirMacs() {
        assertThat(Stream.concat(
                        Stream.of(LabAddresses.guestMac(2)),
                        Stream.of(Role.values())
                                .map(role -> new LabAddresses(Subnet.of("198.18.0.0/16")).mac(role, 2))))
                .extracting(mac -> mac.toString().substring(0, 5))
                .doesNotHaveDuplicates();
    }

    @Test
    void ipv4IsTheSubnetsHost() {
        assertThat(ADDRESSES.ip(2)).isEqualTo(InterfaceIp.ip("198.18.9.2"));
        assertThat(ADDRESSES.ipv4(2)).isEqualTo(InterfaceIp.of("198.18.9.2/24"));
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.9.0/24, 2, fd74:6170:6c62:1209::2/64",
        "198.19.255.0/24, 254, fd74:6170:6c62:13ff::fe/64",
        "198.18.0.0/16, 65534, fd74:6170:6c62:1200::fffe/64"
    })
    void ipv6TellsNetworkAndHost(String subnet, int host, String address) {
        assertThat(new LabAddresses(Subnet.of(subnet)).ipv6(host)).isEqualTo(InterfaceIp.of(address));
    }
}
