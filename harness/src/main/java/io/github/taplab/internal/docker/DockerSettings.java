package io.github.taplab.internal.docker;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the docker command is told by its environment.
 *
 * @param folder of its configuration, with its contexts
 * @param certificates folder of what TLS takes; empty: connections are plain
 */
record DockerSettings(Path folder, Optional<Path> certificates) {

    /**
     * Reads them.
     *
     * @param environment value of a variable, or null
     * @param home the user's folder
     */
    static DockerSettings of(UnaryOperator<@Nullable String> environment, Path home) {
        Path folder = named("DOCKER_CONFIG", environment).map(Path::of).orElseGet(() -> home.resolve(".docker"));
        // As for the docker command, whatever its value is.
        return new DockerSettings(
                folder,
                named("DOCKER_TLS_VERIFY", environment)
                        .map(on -> named("DOCKER_CERT_PATH", environment)
                                .map(Path::of)
                                .orElse(folder)));
    }

    static DockerSettings ofThisProcess() {
        return of(System::getenv, Path.of(System.getProperty("user.home", "")));
    }

    private static Optional<String> named(String variable, UnaryOperator<@Nullable String> environment) {
        return Optional.ofNullable(environment.apply(variable)).filter(value -> !value.isBlank());
    }
}
