package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeyTests {

    @Test
    void knowsItsOwnPublicKeyOnly() {
        LabKey own = LabKey.generate();
        HostKey hostKey = HostKey.of(own.authorizedKeysLine().strip());

        assertThat(hostKey.is(own.pair().getPublic())).isTrue();
        assertThat(hostKey.is(LabKey.generate().pair().getPublic())).isFalse();
        assertThat(hostKey.algorithm()).isEqualTo("ssh-ed25519");
    }

    @Test
    void commentIsOptionalAndMayHaveBlanks() {
        assertThat(HostKey.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==").algorithm())
                .isEqualTo("ssh-ed25519");
        assertThat(HostKey.of("ssh-rsa AAAAB3NzaC1yc2E= root at guest").algorithm())
                .isEqualTo("ssh-rsa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ssh-ed25519", "ssh-ed25519 ", "cat: /etc/key: No such file or directory"})
    void refusesWhatIsNoKey(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostKey.of(line))
                .withMessage("No public key in OpenSSH's format: \"%s\"", line);
    }
}
