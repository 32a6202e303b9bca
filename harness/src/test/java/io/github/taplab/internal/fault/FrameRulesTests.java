package io.github.taplab.internal.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.Impairment;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nft is told, word for word; LinkFaultsLabTests and NeighbourFaultsLabTests show that it does what is meant. */
class FrameRulesTests {

    private static final RecordingShell SHELL = new RecordingShell(line -> RecordingShell.SUCCESS);
    private static final Port OWN_PORT = Port.of(SHELL, "macvtap0");
    private static final Port SHARED_PORT = Port.shared(SHELL, "eth0");
    private static final Port TAP = Port.tap(SHELL, "vnet0");
    private static final MacAddress OWN = MacAddress.of("02:1a:12:09:00:02");
    private static final MacAddress OTHER = MacAddress.of("02:c1:12:09:00:04");

    @Test
    void partition() {
        assertThat(text(FrameRules.partition(OWN_PORT, OWN, OTHER))).isEqualTo("""
                table netdev taplab_0000002a {
                  chain ingress {
                    type filter hook ingress device "macvtap0" priority 0; policy accept;
                    ether saddr 02:c1:12:09:00:04 drop
                  }
                }
                """);
    }

    @Test
    void partitionAtASharedPort() {
        assertThat(text(FrameRules.partition(SHARED_PORT, OWN, OTHER))).isEqualTo("""
                table netdev taplab_0000002a {
                  chain ingress {
                    type filter hook ingress device "eth0" priority 0; policy accept;
                    ether saddr 02:c1:12:09:00:04 ether daddr 02:1a:12:09:00:02 drop
                  }
                }
                table inet taplab_0000002a {
                  chain prerouting {
                    type filter hook prerouting priority -300; policy accept;
                    iifname "eth0" ether saddr 02:c1:12:09:00:04 drop
                  }
                }
                table arp taplab_0000002a {
                  chain input {
                    type filter hook input priority 0; policy accept;
                    iifname "eth0" ether saddr 02:c1:12:09:00:04 drop
                  }
                }
                """);
    }

    @Test
    void whatGoesOutAtATapIsForTheGuest() {
        assertThat(text(FrameRules.partition(TAP, OWN, OTHER))).isEqualTo("""
                table netdev taplab_0000002a {
                  chain egress {
                    type filter hook egress device "vnet0" priority 0; policy accept;
                    ether saddr 02:c1:12:09:00:04 drop
                  }
                }
                """);
    }

    @Test
    void whatComesInAtATapIsTheGuests() {
        assertThat(text(FrameRules.neighbourSilence(TAP, OWN))).isEqualTo("""
                table netdev taplab_0000002a {
                  chain ingress {
                    type filter hook ingress device "vnet0" priority 0; policy accept;
                    arp operation reply drop
                    icmpv6 type nd-neighbor-advert drop
                  }
                }
                """);
        assertThat(text(FrameRules.lossAtTap(TAP, 12.5))).isEqualTo("""
                table netdev taplab_0000002a {
                  chain ingress {
                    type filter hook ingress device "vnet0" priority 0; policy accept;
                    numgen random mod 1000000 < 125000 drop
                  }
                }
                """);
    }

    @Test
    void eachTableIsDeleted() {
        assertThat(new Ruleset(42, FrameRules.partition(SHARED_PORT, OWN, OTHER)).deletion())
                .isEqualTo("""
                delete table netdev taplab_0000002a
                delete table inet taplab_0000002a
                delete table arp taplab_0000002a
                """);
    }

    @Test
    void neighbourSilence() {
        assertThat(text(FrameRules.neighbourSilence(OWN_PORT, OWN))).isEqualTo("""
                table netdev taplab_0000002a {
                  chain egress {
                    type filter hook egress device "macvtap0" priority 0; policy accept;
                    arp operation reply drop
                    icmpv6 type nd-neighbor-advert drop
                  }
                }
                """);
    }

    @Test
    void neighbourSilenceAtASharedPort() {
        assertThat(text(FrameRules.neighbourSilence(SHARED_PORT, OWN))).isEqualTo("""
                table netdev taplab_0000002a {
                  chain egress {
                    type filter hook egress device "eth0" priority 0; policy accept;
                    ether saddr 02:1a:12:09:00:02 arp operation reply drop
                    ether saddr 02:1a:12:09:00:02 icmpv6 type nd-neighbor-advert drop
                  }
                }
                """);
    }

    @Test
    void forgedArp() {
        assertThat(text(FrameRules.forgedArp(OWN_PORT, OWN, InterfaceIp.ip("198.18.9.5"), OTHER, 42)))
                .isEqualTo("""
                table netdev taplab_0000002a {
                  chain ingress {
                    type filter hook ingress device "macvtap0" priority 0; policy accept;
                    arp operation request arp daddr ip 198.18.9.5 meta mark set 0x0000002a dup to "macvtap0" meta mark set 0
                  }
                  chain egress {
                    type filter hook egress device "macvtap0" priority 0; policy accept;
                    meta mark 0x0000002a arp operation request arp daddr ip 198.18.9.5 meta mark set 0 ether daddr set ether saddr ether saddr set 02:1a:12:09:00:02 arp daddr ether set arp saddr ether arp daddr ip set arp saddr ip arp saddr ether set 02:c1:12:09:00:04 arp saddr ip set 198.18.9.5 arp operation set reply
                  }
                }
                """);
    }

    @Test
    void loss() {
        assertThat(text(FrameRules.lossAndDuplication(OWN_PORT, Impairment.loss(12.5))))
                .isEqualTo("""
                table netdev taplab_0000002a {
                  chain egress {
                    type filter hook egress device "macvtap0" priority 0; policy accept;
                    numgen random mod 1000000 < 125000 fwd to "lo"
                  }
                  chain lost {
                    type filter hook ingress device "lo" priority 0; policy accept;
                    @ll,48,48 != 0 drop
                  }
                }
                """);
    }

    @Test
    void duplication() {
        assertThat(text(FrameRules.lossAndDuplication(OWN_PORT, Impairment.duplication(0.0001))))
                .isEqualTo("""
                table netdev taplab_0000002a {
                  chain egress {
                    type filter hook egress device "macvtap0" priority 0; policy accept;
                    meta mark 0x7a9c0b1e accept
                    numgen random mod 1000000 < 1 meta mark set 0x7a9c0b1e dup to "macvtap0" meta mark set 0
                  }
                }
                """);
    }

    @Test
    void whatAlwaysHappensNeedsNoChance() {
        assertThat(text(FrameRules.lossAndDuplication(OWN_PORT, new Impairment(100, java.time.Duration.ZERO, 100, 0))))
                .isEqualTo("""
                table netdev taplab_0000002a {
                  chain egress {
                    type filter hook egress device "macvtap0" priority 0; policy accept;
                    meta mark 0x7a9c0b1e accept
                    fwd to "lo"
                    meta mark set 0x7a9c0b1e dup to "macvtap0" meta mark set 0
                  }
                  chain lost {
                    type filter hook ingress device "lo" priority 0; policy accept;
                    @ll,48,48 != 0 drop
                  }
                }
                """);
    }

    @Test
    void eachFaultHasTablesOfItsOwn() {
        String one =
                Ruleset.of(mark -> FrameRules.neighbourSilence(OWN_PORT, OWN)).text();
        String two =
                Ruleset.of(mark -> FrameRules.neighbourSilence(OWN_PORT, OWN)).text();

        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void theRulesAreOneArgument() {
        RecordingShell shell = new RecordingShell(line -> RecordingShell.SUCCESS);
        Port port = Port.of(shell, "eth0");
        Ruleset rules = new Ruleset(42, FrameRules.neighbourSilence(port, OWN));

        rules.putOn(port).close();

        assertThat(shell.lines()).containsExactly("nft " + rules.text(), "nft " + rules.deletion());
    }

    private static String text(List<Chain> chains) {
        return new Ruleset(42, chains).text();
    }
}
