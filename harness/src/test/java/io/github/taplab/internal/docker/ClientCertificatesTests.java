package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.config.LabUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that wants to see a certificate, and clients that have one or not. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class ClientCertificatesTests {

    private final Certificates certificates = new Certificates();

    @TempDir
    private Path folder;

    private FakeEngine engine;

    @BeforeEach
    void start() throws GeneralSecurityException, IOException {
        engine = new FakeEngine(certificates.server());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private DockerEngine connect() {
        return EngineSearch.connect(new EngineAddress(
                engine.place(), Optional.of(folder), engine.place().toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void whoShowsOneIsLetIn(String algorithm) throws GeneralSecurityException, IOException {
        certificates.writeTo(folder, Certificates.pair(algorithm));

        DockerEngine found = connect();

        assertThat(found.name()).isEqualTo("the engine at " + engine.place());
        assertThat(engine.requests()).contains("GET /version");
        found.close();
    }

    @Test
    void aKeyInTheOlderFormatWillDo() throws GeneralSecurityException, IOException {
        KeyPair rsa = Certificates.pair("RSA");
        certificates.writeTo(folder, rsa);
        Files.writeString(folder.resolve("key.pem"), Certificates.pkcs1(rsa));

        assertThat(PemKey.read(folder.resolve("key.pem"))).isEqualTo(rsa.getPrivate());
        connect().close();
    }

    @Test
    void whoShowsNoneIsNot() throws GeneralSecurityException, IOException {
        certificates.writeAuthorityTo(folder);

        assertThatThrownBy(this::connect)
                .isInstanceOf(LabUnavailableException.class)
                .hasMessageStartingWith("no Docker engine answers at " + engine.place());
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void anEngineThatSomebodyElseVouchesForIsNotAskedAnything() throws GeneralSecurityException, IOException {
        new Certificates().writeTo(folder, Certificates.pair("EC"));

        assertThatThrownBy(this::connect)
                .isInstanceOf(LabUnavailableException.class)
                .hasMessageStartingWith("no Docker engine answers at " + engine.place());
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void whatCanNotBeReadIsNoSilentEngine() throws GeneralSecurityException, IOException {
        certificates.writeTo(folder, Certificates.pair("EC"));
        Path key = folder.resolve("key.pem");
        Files.writeString(key, Certificates.pem("EC PRIVATE KEY", new byte[] {1, 2, 3}));

        assertThatIllegalArgumentException()
                .isThrownBy(this::connect)
                .withMessage(
                        "The certificates in %1$s can't be used: %2$s has no private key that can be read: openssl pkcs8 -topk8 -nocrypt -in %2$s -out key8.pem makes one",
                        folder, key);
    }
}
