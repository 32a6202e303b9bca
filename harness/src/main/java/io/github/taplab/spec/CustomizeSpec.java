package io.github.taplab.spec;

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

    public CustomizeSpec {
        files = List.copyOf(files);
        commands = List.copyOf(commands);
    }

    /** Whether the image stays as it is. */
    public boolean isNothing() {
        return equals(NOTHING);
    }
}
