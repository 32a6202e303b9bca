package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.0/24",
                "203.0.113.7/32",
                "0.0.0.0/0",
                "2001:db8::/32",
                "2001:db8::7/128",
                "::/0",
                "::/128"
            })
    void isWrittenAsItIsRead(String text) {
        assertThat(Prefix.of(text)).hasToString(text).isEqualTo(Prefix.of(text));
    }

    @Test
    void knowsItsFamilyAndWhetherItIsAllOfIt() {
        assertThat(Prefix.ALL_IPV4).matches(Prefix::isIpv4).matches(Prefix::isAll);
        assertThat(Prefix.ALL_IPV6).matches(all -> !all.isIpv4()).matches(Prefix::isAll);
        assertThat(Prefix.of("2001:db8::/32").isAll()).isFalse();
    }

    @Test
    void hasNoHostBits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prefix.of("203.0.113.7/24"))
                .withMessage("203.0.113.7/24 has host bits set, the network is 203.0.113.0/24");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prefix.of("2001:db8::1/32"))
                .withMessage("2001:db8::1/32 has host bits set, the network is 2001:db8::/32");
    }
}
