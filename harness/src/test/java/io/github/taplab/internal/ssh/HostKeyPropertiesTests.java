package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import io.github.taplab.spec.InterfaceIp;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands where a guest's key is expected: one line for known_hosts, or a sentence. */
class HostKeyPropertiesTests {

    @Property(tries = 1_000)
    void itIsOneLineOrRefused(@ForAll("keys") String text) {
        Throwable refused = catchThrowable(() -> {
            String line = HostKey.of(text).knownHostsLine(InterfaceIp.ip("198.18.9.5"));
            assertThat(line).startsWith("198.18.9.5 ").matches("\\S+ \\S+ \\S+\\R");
        });
        if (refused != null) {
            assertThat(refused)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("No public key in OpenSSH's format: ");
        }
    }

    /** Found: Base64's own words about a character. */
    @Example
    void aKeyThatIsNoBase64() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostKey.of("ssh-ed25519 ="))
                .withMessage("No public key in OpenSSH's format: \"ssh-ed25519 =\"");
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.mutated(
                        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb root@guest"));
    }
}
