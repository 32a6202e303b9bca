package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.internal.config.EngineName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where names of engines lead to, as for the docker command. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class EngineAddressTests {

    // sha256("lab"), as docker names the folder.
    private static final String DIGEST = "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7";
    private static final EngineName.At TCP = new EngineName.At(URI.create("tcp://host-b:2376"));

    @TempDir
    private Path home;

    private DockerSettings settings(Map<String, String> environment) {
        return DockerSettings.of(environment::get, home);
    }

    @Test
    void aPlainAddressIsJustThat() {
        EngineAddress address = EngineAddress.of(TCP, settings(Map.of("DOCKER_CERT_PATH", "/certs")));

        assertThat(address)
                .isEqualTo(new EngineAddress(URI.create("tcp://host-b:2376"), Optional.empty(), "tcp://host-b:2376"));
        assertThat(address.transport().getSslConfig()).isNull();
    }

    @Test
    void withTlsItsCertificatesAreWhereTheDockerCommandHasThem() {
        assertThat(EngineAddress.of(TCP, settings(Map.of("DOCKER_TLS_VERIFY", "1")))
                        .certificates())
                .contains(home.resolve(".docker"));
        assertThat(EngineAddress.of(TCP, settings(Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CONFIG", "/etc/d")))
                        .certificates())
                .contains(Path.of("/etc/d"));
        EngineAddress address = EngineAddress.of(
                TCP, settings(Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CONFIG", "/etc/d", "DOCKER_CERT_PATH", "/c")));
        assertThat(address.certificates()).contains(Path.of("/c"));
        assertThat(address.transport().getSslConfig()).isInstanceOf(ClientCertificates.class);
    }

    @Test
    void aSocketNeedsNone() {
        EngineName.At socket = new EngineName.At(URI.create("unix:///run/a.sock"));

        assertThat(EngineAddress.of(socket, settings(Map.of("DOCKER_TLS_VERIFY", "1")))
                        .certificates())
                .isEmpty();
    }

    private void context(String meta) throws IOException {
        Path folder =
                Files.createDirectories(home.resolve(".docker/contexts/meta").resolve(DIGEST));
        Files.writeString(folder.resolve("meta.json"), meta);
    }

    private EngineAddress lab() {
        // The environment's are not the context's.
        return EngineAddress.of(new EngineName.Context("lab"), settings(Map.of("DOCKER_TLS_VERIFY", "1")));
    }

    @Test
    void aContextHasItsAddressAndItsCertificates() throws IOException {
        context("""
                {"Name":"lab","Metadata":{},"Endpoints":{"docker":{"Host":"tcp://host-c:2376","SkipTLSVerify":false}}}
                """);
        assertThat(lab())
                .isEqualTo(new EngineAddress(
                        URI.create("tcp://host-c:2376"), Optional.empty(), "tcp://host-c:2376 (context:lab)"));

        Path tls = Files.createDirectories(
                home.resolve(".docker/contexts/tls").resolve(DIGEST).resolve("docker"));
        assertThat(lab().certificates()).contains(tls);
    }

    @Test
    void aContextThatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(this::lab)
                .withMessage(
                        "taplab.engines names the docker context \"lab\", which is not there: docker context ls lists those that are, and there is no %s",
                        home.resolve(".docker/contexts/meta").resolve(DIGEST).resolve("meta.json"));
    }

    @Test
    void aContextThatIsNoJson() throws IOException {
        context("{\"Endpoints\":");
        assertThatIllegalArgumentException()
                .isThrownBy(this::lab)
                .withMessageStartingWith("taplab.engines names the docker context \"lab\", and " + home)
                .withMessageContaining("meta.json is no JSON: Unexpected end-of-input");
    }

    @Test
    void aContextThatLeadsElsewhere() throws IOException {
        context("{\"Endpoints\":{\"docker\":{\"Host\":\"npipe:////./pipe/docker_engine\"}}}");
        assertThatIllegalArgumentException()
                .isThrownBy(this::lab)
                .withMessage(
                        "taplab.engines names the docker context \"lab\", which leads to \"npipe:////./pipe/docker_engine\": it has to be unix:///path, tcp://host:port or ssh://[user@]host[:port][/path]");
    }

    @Test
    void oneOverSshNeedsNoCertificates() throws IOException {
        context("{\"Endpoints\":{\"docker\":{\"Host\":\"ssh://ci@host-a\"}}}");
        Files.createDirectories(
                home.resolve(".docker/contexts/tls").resolve(DIGEST).resolve("docker"));

        assertThat(lab())
                .isEqualTo(new EngineAddress(
                        URI.create("ssh://ci@host-a"), Optional.empty(), "ssh://ci@host-a (context:lab)"))
                .returns(true, EngineAddress::isSsh);
        assertThat(EngineAddress.of(
                        new EngineName.At(URI.create("ssh://host-b")), settings(Map.of("DOCKER_TLS_VERIFY", "1"))))
                .isEqualTo(new EngineAddress(URI.create("ssh://host-b"), Optional.empty(), "ssh://host-b"));
    }

    @Test
    void aContextThatBelievesWhoeverIsThere() throws IOException {
        context("{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://host-c:2376\",\"SkipTLSVerify\":true}}}");
        assertThatIllegalArgumentException()
                .isThrownBy(this::lab)
                .withMessage(
                        "taplab.engines names the docker context \"lab\", which does not check its engine's certificate (skip-tls-verify), and whoever is there would get all commands: give it the engine's ca.pem");
    }
}
