package io.github.taplab.internal.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * That KVM was seen to work, kept until the Docker host boots again. That it does not work is not kept: most causes can
 * be removed without a boot, and a guest that was only slow under load would emulate all later ones.
 *
 * @param file says so if it has these words and nothing else; one that a full disk or a kill has left does not
 */
record KnownKvm(Path file) {

    private static final String WORDS = "KVM works\n";

    /** Whether that is known. */
    boolean works() {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == WORDS.length()
                    && Files.readString(file).equals(WORDS);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Keeps it, all of it or nothing. */
    void keep() throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path whole = Files.createTempFile(folder, "kvm", ".partial");
        try {
            Files.writeString(whole, WORDS);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
