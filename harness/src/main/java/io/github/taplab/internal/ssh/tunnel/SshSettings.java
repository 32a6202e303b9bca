package io.github.taplab.internal.ssh.tunnel;

import io.github.taplab.internal.config.SettingNames;
import io.github.taplab.internal.config.SettingSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What this user has for SSH.
 *
 * @param folder with {@code known_hosts} and key files: {@code ~/.ssh}, or {@code taplab.ssh.folder}
 * @param agent socket of the agent; empty: there is none
 * @param user its name
 */
record SshSettings(Path folder, Optional<Path> agent, String user) {

    /**
     * Reads them.
     *
     * @param folder value of the setting; empty: the usual one
     * @param environment value of a variable, or null
     * @param property value of a system property, or null
     */
    static SshSettings of(
            Optional<String> folder,
            UnaryOperator<@Nullable String> environment,
            UnaryOperator<@Nullable String> property) {
        return new SshSettings(
                folder.map(Path::of)
                        .orElseGet(() -> Path.of(
                                Optional.ofNullable(property.apply("user.home")).orElse(""), ".ssh")),
                Optional.ofNullable(environment.apply("SSH_AUTH_SOCK"))
                        .filter(value -> !value.isBlank())
                        .map(Path::of),
                Optional.ofNullable(property.apply("user.name")).orElse(""));
    }

    static SshSettings ofThisProcess() {
        return of(SettingSource.ofTheJvm().get(SettingNames.SSH_FOLDER), System::getenv, System::getProperty);
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }
}
