package io.github.taplab.internal.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.address.LabAddresses.Role;
import io.github.taplab.spec.Subnet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of two labs of a kind are the same. */
class AnyNetworkTests {

    private static String told(String subnet, Role role, int host) {
        LabAddresses lab = new LabAddresses(Subnet.of(subnet));
        return "%s %s %s %s"
                .formatted(lab.ipv4(host), lab.ipv6(host), lab.mac(role, host), LabAddresses.guestMac(host));
    }

    /** Whatever the addresses of a lab are made of. */
    @ParameterizedTest
    @EnumSource
    void eachStationHasTheSameInAllLabs(Role role) {
        String here = AnyNetwork.text(told("198.18.9.0/24", role, 7));

        assertThat(AnyNetwork.text(told("198.19.255.0/24", role, 7))).isEqualTo(here);
        assertThat(AnyNetwork.text(told("198.18.9.0/24", role, 8))).isNotEqualTo(here);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.218/29 brd 203.0.113.223, 203.0.113.x+2/29 brd 203.0.113.x+7",
        "02:6a:00:71:00:da, 02:6a:x:x:x+2",
        "02:eb:00:71:00:0b, 02:eb:x:x:x+3",
        "33:33:ff:00:71:da, 33:33:ff:x:x+2",
        "33:33:ff:6a:00:04, 33:33:ff:x:00:04",
        "33:33:ff:00:00:04, 33:33:ff:x:00:04",
        "fe80::6a:12ff:fe6a:1, fe80::6a:x:x:1",
        "fe80::eb:ff:fe71:db, fe80::eb:x:x:db",
        "fe80::42:cbff:fe00:71da, fe80::42:x:x:x"
    })
    void whatFollowsFromANumberOfANetworkIsPlain(String text, String plain) {
        assertThat(AnyNetwork.text(text)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02:9e:00:00:00:05",
                "fe80::9e:ff:fe00:5",
                "192.0.2.1",
                "33:33:00:00:00:01",
                "ff02::1",
                "1198.18.1"
            })
    void whatIsTheSameEverywhereStays(String text) {
        assertThat(AnyNetwork.text(text)).isEqualTo(text);
    }
}
