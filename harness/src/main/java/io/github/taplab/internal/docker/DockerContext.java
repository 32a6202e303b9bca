package io.github.taplab.internal.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.spec.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A context as the docker command keeps it: in a folder whose name is a digest of its own, with its certificates beside
 * it.
 *
 * @param name its own
 * @param host address of its engine, as it is written there
 * @param skipsCheck whether the engine's certificate is not to be checked
 * @param certificates folder of what TLS takes; empty: it has none
 */
record DockerContext(String name, String host, boolean skipsCheck, Optional<Path> certificates) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * Reads one.
     *
     * @param folder of the docker command's configuration
     * @throws IllegalArgumentException if there is none of this name, or it can't be read
     */
    static DockerContext named(String name, Path folder) {
        Path contexts = folder.resolve("contexts");
        Path certificates = contexts.resolve("tls").resolve(digest(name)).resolve("docker");
        JsonNode docker = read(name, contexts.resolve("meta").resolve(digest(name)))
                .path("Endpoints")
                .path("docker");
        return new DockerContext(
                name,
                docker.path("Host").asText(),
                docker.path("SkipTLSVerify").asBoolean(),
                Optional.of(certificates).filter(Files::isDirectory));
    }

    private static JsonNode read(String name, Path folder) {
        Path file = folder.resolve("meta.json");
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "taplab.engines names the docker context %s, which is not there: docker context ls lists those that are, and there is no %s"
                            .formatted(Quoted.of(name), file),
                    e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "taplab.engines names the docker context %s, and %s is no JSON: %s"
                            .formatted(Quoted.of(name), file, e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("The docker context %s can't be read".formatted(Quoted.of(name)), e);
        }
    }

    private static String digest(String name) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /**
     * Where its engine is.
     *
     * @throws IllegalArgumentException if no lab can get there
     */
    EngineAddress address() {
        if (skipsCheck) {
            throw wrong(
                    "does not check its engine's certificate (skip-tls-verify), and whoever is there would get all commands: give it the engine's ca.pem");
        }
        try {
            return new EngineAddress(
                    EngineName.address(new URI(host)),
                    host.startsWith("tcp:") ? certificates : Optional.empty(),
                    "%s (context:%s)".formatted(host, name));
        } catch (URISyntaxException e) {
            throw wrong("leads to %s: it has to be unix:///path, tcp://host:port or ssh://[user@]host[:port][/path]"
                    .formatted(Quoted.of(host)));
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                "taplab.engines names the docker context %s, which %s".formatted(Quoted.of(name), what));
    }
}
