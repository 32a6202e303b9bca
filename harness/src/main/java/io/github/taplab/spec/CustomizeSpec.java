package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is put into a guest's overlay before it boots, as {@code virt-customize} does: for images without cloud-init.
 *
 * @param rootPassword empty: the image's own
 * @param files written before the commands run
 * @param commands lines for a shell inside the image, run while the guest is off; they have no network
 */
public record CustomizeSpec(Optional<String> rootPassword, List<GuestFileSpec> files, List<String> commands) {

    /** The image as it is. */
    public static final CustomizeSpec NOTHING = new CustomizeSpec(Optional.empty(), List.of(), List.of());

    /**
     * Checks the changes.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public CustomizeSpec {
        Given.check("changes of an image", "rootPassword", rootPassword, "files", files, "commands", commands);
        files = List.copyOf(files);
        commands = List.copyOf(commands);
        List<String> problems = new ArrayList<>();
        Passwords.check("rootPassword", rootPassword, problems);
        Commands.check(commands, problems);
        InvalidSpecException.throwIfAny(problems);
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
}
