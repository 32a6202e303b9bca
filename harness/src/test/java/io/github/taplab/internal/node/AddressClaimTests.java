package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.command.CommandResult;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples are what the script and iproute2 6.15 printed. */
class AddressClaimTests {

    private static final MacAddress GUEST = MacAddress.of("02:9e:00:00:00:05");

    @Test
    void aLocalAddressIsAnsweredByItsNode() {
        assertThat(AddressClaim.answerers(said(0, """
                mac: 02:9e:00:00:00:05
                local 198.18.107.5 dev lo src 198.18.107.5 uid 0\s
                    cache <local>\s
                ip: 0
                """))).contains(Set.of(GUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.18.107.5 dev eth0 src 198.18.107.4 uid 0 \n    cache \nip: 0\n",
                "192.0.2.1 via 198.18.107.1 dev eth0 src 198.18.107.4 uid 0 \n    cache \nip: 0\n",
                "RTNETLINK answers: Network is unreachable\nip: 2\n",
                "RTNETLINK answers: Permission denied\nip: 2\n"
            })
    void anotherAddressIsNot(String route) {
        assertThat(AddressClaim.answerers(said(0, "mac: 02:9e:00:00:00:05\n" + route)))
                .contains(Set.of());
        // Those may be as many as they like.
        assertThat(AddressClaim.answerers(said(0, "mac: 02:9e:00:00:00:05\nfurther: eth1\n" + route)))
                .contains(Set.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ip: 0\n",
                "mac: 02:9e:00:00:00:05\n",
                "mac: 02:9e:00:00:00:05\nsh: ip: not found\nip: 127\n",
                "local 198.18.107.5 dev lo src 198.18.107.5 uid 0 \nip: 0\n",
                "mac: 02:9e:00:00:00:05\nlocal 198.18.107.5 dev lo src 198.18.107.5 uid 0 \nip: 1\n",
                // Through which of two it answers nobody knows: it may be both.
                "mac: 02:9e:00:00:00:05\nfurther: eth1\nlocal 198.18.107.5 dev lo uid 0 \nip: 0\n",
                "unclear: upper_br0 uses eth0\nmac: 02:9e:00:00:00:05\n198.18.107.5 dev eth0 uid 0 \nip: 0\n",
                "unclear: answers for 198.18.107.5 dev eth0 proxy\nmac: 02:9e:00:00:00:05\n198.18.107.5 dev v0 uid 0 \nip: 0\n",
                "unclear: proxy_arp is on\nmac: 02:9e:00:00:00:05\n198.18.107.5 dev eth0 uid 0 \nip: 0\n"
            })
    void whoMayAnswerBesideOrLaterIsNotKnown(String output) {
        assertThat(AddressClaim.answerers(said(0, output))).isEmpty();
    }

    @Test
    void aQuestionThatFailedIsNoWordOnAnybody() {
        String output = "mac: 02:9e:00:00:00:05\n198.18.107.5 dev eth0 uid 0 \nip: 0\n";

        assertThat(AddressClaim.answerers(said(1, output))).isEmpty();
        assertThat(AddressClaim.answerers(
                        new CommandResult("guest", List.of("sh"), 0, output, "sh: ip: not found\n", Duration.ZERO)))
                .isEmpty();
    }

    @Test
    void theScriptIsAskedOfTheFamily() {
        assertThat(AddressClaim.argv(InterfaceIp.ip("198.18.9.4"), "eth0"))
                .endsWith("claim", "198.18.9.4", "eth0", "ipv4");
        assertThat(AddressClaim.argv(InterfaceIp.ip("fd00::4"), "eth0")).endsWith("claim", "fd00::4", "eth0", "ipv6");
    }

    private static CommandResult said(int exitCode, String stdout) {
        return new CommandResult("guest", List.of("sh"), exitCode, stdout, "", Duration.ZERO);
    }
}
