package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import org.junit.jupiter.api.Test;

class LabKeyTests {

    private static final byte[] DATA = {1, 2, 3};

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
    void openSshsFormatIsReadBackAsTheSameKeys() throws Exception {
        LabKey key = LabKey.generate();
        OpenSSHKeyV1KeyFile file = new OpenSSHKeyV1KeyFile();
        file.init(new StringReader(key.opensshFormat()));

        assertThat(new Buffer.PlainBuffer().putPublicKey(file.getPublic()).getCompactData())
                .isEqualTo(new Buffer.PlainBuffer()
                        .putPublicKey(key.pair().getPublic())
                        .getCompactData());
        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(key.pair().getPrivate());
        signing.update(DATA);
        Signature withReadKey = Signature.getInstance("Ed25519");
        withReadKey.initSign(KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(file.getPrivate().getEncoded())));
        withReadKey.update(DATA);
        assertThat(withReadKey.sign()).isEqualTo(signing.sign());
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
