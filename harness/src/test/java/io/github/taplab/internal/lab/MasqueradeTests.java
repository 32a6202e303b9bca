package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.Subnet;
import org.junit.jupiter.api.Test;

class MasqueradeTests {

    private static final Masquerade NAT = new Masquerade(Subnet.of("198.18.9.0/24"), "eth1");

    @Test
    void translatesWhatLeavesTheLab() {
        assertThat(NAT.start())
                .containsExactly(
                        "nft",
                        "add table ip taplab-nat;"
                                + " add chain ip taplab-nat postrouting { type nat hook postrouting priority srcnat; };"
                                + " add rule ip taplab-nat postrouting"
                                + " ip saddr 198.18.9.0/24 oifname \"eth1\" masquerade");
    }

    @Test
    void endsWithItsTable() {
        assertThat(NAT.stop()).containsExactly("nft", "delete table ip taplab-nat");
    }
}
