package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterfaceIpTests {

    @Test
    void readsIpv4WithItsHostBits() {
        InterfaceIp address = InterfaceIp.of("198.18.9.2/24");

        assertThat(address.ip()).isInstanceOf(Inet4Address.class).isEqualTo(InterfaceIp.ip("198.18.9.2"));
        assertThat(address.prefixLength()).isEqualTo(24);
        assertThat(address).hasToString("198.18.9.2/24");
    }

    @Test
    void readsIpv6() {
        InterfaceIp address = InterfaceIp.of("fe80::9e:12ff:fe09:5/64");

        assertThat(address.ip()).isInstanceOf(Inet6Address.class);
        assertThat(address.prefixLength()).isEqualTo(64);
        assertThat(address).hasToString("fe80::9e:12ff:fe09:5/64");
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.9.2, 198.18.9.2",
        "FD74:6170:6C62:1209:0:0:0:2, fd74:6170:6c62:1209::2",
        "fe80:0:0:1:0:0:0:1, fe80:0:0:1::1",
        "::, ::"
    })
    void writesAddressesAsIproute2Does(String literal, String text) {
        assertThat(InterfaceIp.text(InterfaceIp.ip(literal))).isEqualTo(text);
    }

    @Test
    void leavesTheZoneOut() throws IOException {
        byte[] octets = InterfaceIp.ip("fe80::1").getAddress();

        assertThat(InterfaceIp.text(Inet6Address.getByAddress(null, octets, 7))).isEqualTo("fe80::1");
    }

    @Test
    void addressCarriesNoHostName() {
        assertThat(InterfaceIp.ip("198.18.9.2")).hasToString("/198.18.9.2");
    }

    @Test
    void prefixLengthReachesFromNoneToAllBits() {
        InetAddress ipv4 = InterfaceIp.ip("198.18.9.2");
        InetAddress ipv6 = InterfaceIp.ip("fd00::2");

        assertThat(new InterfaceIp(ipv4, 0).prefixLength()).isZero();
        assertThat(new InterfaceIp(ipv4, 32).prefixLength()).isEqualTo(32);
        assertThat(new InterfaceIp(ipv6, 128).prefixLength()).isEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.9.2/24, 3, 198.18.9.5/24",
        "198.18.9.2/24, -2, 198.18.9.0/24",
        "198.18.9.2/24, 253, 198.18.9.255/24",
        "fd74:6170:6c62:1209::4/64, 252, fd74:6170:6c62:1209::100/64"
    })
    void addressesFurtherOn(String from, int offset, String to) {
        assertThat(InterfaceIp.of(from).plus(offset)).isEqualTo(InterfaceIp.of(to));
    }
}
