package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class LabKeyTests {

    @Test
    void authorizedKeysLineIsOneInOpenSshsFormat() {
        String line = LabKey.generate().authorizedKeysLine();

        assertThat(line).matches("ssh-ed25519 [A-Za-z0-9+/]{68} taplab\n");
        // RFC 8709: the name of the algorithm, then the 32 bytes of the key, each after its length.
        ByteBuffer blob = ByteBuffer.wrap(
                Base64.getDecoder().decode(line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '))));
        assertThat(new String(next(blob), StandardCharsets.US_ASCII)).isEqualTo("ssh-ed25519");
        assertThat(next(blob)).hasSize(32);
        assertThat(blob.hasRemaining()).isFalse();
    }

    @Test
    void everyLabHasAKeyOfItsOwn() {
        assertThat(LabKey.generate().authorizedKeysLine())
                .isNotEqualTo(LabKey.generate().authorizedKeysLine());
    }

    private static byte[] next(ByteBuffer blob) {
        byte[] field = new byte[blob.getInt()];
        blob.get(field);
        return field;
    }
}
