package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * What is put into a guest's overlay before it boots, as {@code virt-customize} does: for images without cloud-init.
 */
@API(status = Status.STABLE, since = "0.1.0")
public final class CustomizeSpec {

    /** The image as it is. */
    public static final CustomizeSpec NOTHING = new CustomizeSpec(Optional.empty(), List.of(), List.of());

    private final Optional<String> rootPassword;
    private final List<GuestFileSpec> files;
    private final List<String> commands;

    CustomizeSpec(Optional<String> rootPassword, List<GuestFileSpec> files, List<String> commands) {
        Given.check("changes of an image", "rootPassword", rootPassword, "files", files, "commands", commands);
        files = List.copyOf(files);
        commands = List.copyOf(commands);
        List<String> problems = new ArrayList<>();
        Passwords.check("rootPassword", rootPassword, problems);
        Commands.check(commands, problems);
        InvalidSpecException.throwIfAny(problems);
        this.rootPassword = rootPassword;
        this.files = files;
        this.commands = commands;
    }

    /** Root's password; empty: the image's own. */
    public Optional<String> rootPassword() {
        return rootPassword;
    }

    /** Written before the commands run. */
    public List<GuestFileSpec> files() {
        return files;
    }

    /** Lines for a shell inside the image, run while the guest is off; they have no network. */
    public List<String> commands() {
        return commands;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "CustomizeSpec[rootPassword=%s, files=%s, commands=%s]"
                .formatted(Passwords.shown(rootPassword), files, commands);
    }

    /** Whether the image stays as it is. */
    public boolean isNothing() {
        return equals(NOTHING);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomizeSpec that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private List<Object> values() {
        return List.of(rootPassword, files, commands);
    }

    /** No changes yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a {@link CustomizeSpec}; nothing is checked before {@link #build}. */
    public static final class Builder {

        private Optional<String> rootPassword = Optional.empty();
        private List<GuestFileSpec> files = List.of();
        private List<String> commands = List.of();

        private Builder() {}

        /** Root's password, instead of the image's own. */
        public Builder rootPassword(String value) {
            Given.check("changes of an image", "rootPassword", value);
            rootPassword = Optional.of(value);
            return this;
        }

        /** Written before the commands run. */
        public Builder files(List<GuestFileSpec> value) {
            files = value;
            return this;
        }

        /** Lines for a shell inside the image, run while the guest is off; they have no network. */
        public Builder commands(List<String> value) {
            commands = value;
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws InvalidSpecException with every broken rule
         */
        public CustomizeSpec build() {
            return new CustomizeSpec(rootPassword, files, commands);
        }
    }
}
