package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What cloud-init is told on a guest's seed volume, beside the guest's name.
 *
 * @param user a user who is made, and may become root without a password; empty: none but the image's own
 * @param password of that user, or without one of root: for log-ins on the console, and over SSH where the image's sshd
 *     takes passwords
 * @param keys that user's, or without one root's, as lines for {@code authorized_keys}
 * @param networkConfig network configuration of cloud-init, version 1 or 2, as YAML; empty: all NICs are up, and there
 *     is no DHCP
 * @param files written before the commands run
 * @param commands lines for {@code /bin/sh}, run as root once, when all else is done
 */
public record SeedSpec(
        Optional<String> user,
        Optional<String> password,
        List<String> keys,
        Optional<String> networkConfig,
        List<GuestFileSpec> files,
        List<String> commands) {

    /** What a guest is told that is told nothing. */
    public static final SeedSpec DEFAULT =
            new SeedSpec(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of(), List.of());

    // useradd(8) of Debian.
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    /**
     * Checks the seed.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public SeedSpec {
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
}
