package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** What cloud-init is told on a guest's seed volume, beside the guest's name. */
@API(status = Status.STABLE, since = "0.1.0")
public final class SeedSpec {

    /** What a guest is told that is told nothing. */
    public static final SeedSpec DEFAULT =
            new SeedSpec(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of(), List.of());

    // useradd(8) of Debian.
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private final Optional<String> user;
    private final Optional<String> password;
    private final List<String> keys;
    private final Optional<String> networkConfig;
    private final List<GuestFileSpec> files;
    private final List<String> commands;

    SeedSpec(
            Optional<String> user,
            Optional<String> password,
            List<String> keys,
            Optional<String> networkConfig,
            List<GuestFileSpec> files,
            List<String> commands) {
        Given.check(
                "a seed",
                "user",
                user,
                "password",
                password,
                "keys",
                keys,
                "networkConfig",
                networkConfig,
                "files",
                files,
                "commands",
                commands);
        keys = List.copyOf(keys);
        files = List.copyOf(files);
        commands = List.copyOf(commands);
        List<String> problems = new ArrayList<>();
        user.filter(name -> !USER.matcher(name).matches())
                .ifPresent(name -> problems.add(
                        "user = %s, must be a lower-case letter or _, then letters, digits, _ and -, at most 32"
                                .formatted(Quoted.of(name))));
        Passwords.check("password", password, problems);
        for (String key : keys) {
            if (key.isBlank() || key.chars().anyMatch(Character::isISOControl)) {
                problems.add("keys has %s, must be one line for authorized_keys each".formatted(Quoted.of(key)));
            }
        }
        Commands.check(commands, problems);
        InvalidSpecException.throwIfAny(problems);
        this.user = user;
        this.password = password;
        this.keys = keys;
        this.networkConfig = networkConfig;
        this.files = files;
        this.commands = commands;
    }

    /** A user who is made, and may become root without a password; empty: none but the image's own. */
    public Optional<String> user() {
        return user;
    }

    /**
     * Of that user, or without one of root: for log-ins on the console, and over SSH where the image's sshd takes
     * passwords.
     */
    public Optional<String> password() {
        return password;
    }

    /** That user's, or without one root's, as lines for {@code authorized_keys}. */
    public List<String> keys() {
        return keys;
    }

    /** Network configuration of cloud-init, version 1 or 2, as YAML; empty: all NICs are up, and there is no DHCP. */
    public Optional<String> networkConfig() {
        return networkConfig;
    }

    /** Written before the commands run. */
    public List<GuestFileSpec> files() {
        return files;
    }

    /** Lines for {@code /bin/sh}, run as root once, when all else is done. */
    public List<String> commands() {
        return commands;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SeedSpec[user=%s, password=%s, keys=%s, networkConfig=%s, files=%s, commands=%s]"
                .formatted(user, Passwords.shown(password), keys, networkConfig, files, commands);
    }

    /** The user that the password and the keys are for. */
    public String login() {
        return user.orElse("root");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeedSpec that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private List<Object> values() {
        return List.of(user, password, keys, networkConfig, files, commands);
    }

    /** A seed that says nothing yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a {@link SeedSpec}; nothing is checked before {@link #build}. */
    public static final class Builder {

        private Optional<String> user = Optional.empty();
        private Optional<String> password = Optional.empty();
        private List<String> keys = List.of();
        private Optional<String> networkConfig = Optional.empty();
        private List<GuestFileSpec> files = List.of();
        private List<String> commands = List.of();

        private Builder() {}

        /** A user who is made, and may become root without a password. */
        public Builder user(String value) {
            Given.check("a seed", "user", value);
            user = Optional.of(value);
            return this;
        }

        /**
         * Of that user, or without one of root: for log-ins on the console, and over SSH where the image's sshd takes
         * passwords.
         */
        public Builder password(String value) {
            Given.check("a seed", "password", value);
            password = Optional.of(value);
            return this;
        }

        /** That user's, or without one root's, as lines for {@code authorized_keys}. */
        public Builder keys(List<String> value) {
            keys = value;
            return this;
        }

        /** Network configuration of cloud-init, version 1 or 2, as YAML. */
        public Builder networkConfig(String value) {
            Given.check("a seed", "networkConfig", value);
            networkConfig = Optional.of(value);
            return this;
        }

        /** Written before the commands run. */
        public Builder files(List<GuestFileSpec> value) {
            files = value;
            return this;
        }

        /** Lines for {@code /bin/sh}, run as root once, when all else is done. */
        public Builder commands(List<String> value) {
            commands = value;
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws InvalidSpecException with every broken rule
         */
        public SeedSpec build() {
            return new SeedSpec(user, password, keys, networkConfig, files, commands);
        }
    }
}
