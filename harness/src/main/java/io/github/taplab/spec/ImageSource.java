package io.github.taplab.spec;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Where the disk image of a guest comes from. What it says is checked, whether it is there is not. */
@API(status = Status.STABLE, since = "0.1.0")
public sealed interface ImageSource {

    /**
     * An image that Taplab knows by name.
     *
     * @param name such as {@code debian-12}
     */
    record Known(String name) implements ImageSource {

        /**
         * Checks that there is a name; who has the list of names checks whether it is on it.
         *
         * @throws InvalidSpecException if there is none
         */
        public Known {
            Given.check("an image", "name", name);
            if (name.isBlank()) {
                throw new InvalidSpecException(
                        List.of("image = %s is empty, must be %s".formatted(Quoted.of(name), FORMS)));
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * An image that is fetched once.
     *
     * @param uri with {@code https}
     * @param digest what is fetched must have
     */
    record Remote(URI uri, Digest digest) implements ImageSource {

        /**
         * Checks the URL.
         *
         * @throws InvalidSpecException if it is not {@code https}, or names no host
         */
        public Remote {
            Given.check("an image", "uri", uri, "digest", digest);
            InvalidSpecException.throwIfAny(ImageText.problemsOf(uri));
        }

        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /**
     * A file of this machine, used where it is.
     *
     * @param file qcow2 or raw; a relative path starts in the JVM's working directory
     * @param digest what the file must have; empty: it is taken as it is
     */
    record Local(Path file, Optional<Digest> digest) implements ImageSource {

        public Local {
            Given.check("an image", "file", file, "digest", digest);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** What an image can be given as. */
    String FORMS = "a known name such as debian-12, an https:// or file:/// URL with its checksum,"
            + " or a path with a slash";

    /**
     * Reads what a user declares. A text with a scheme is a URL; one with a slash, or with the ending of an image, is a
     * path; any other is a name.
     *
     * @param image name, URL or path
     * @param checksum digest in hexadecimal, 64 digits for SHA-256 or 128 for SHA-512; empty: none, which only a name
     *     and a path may have
     * @throws InvalidSpecException with every broken rule
     */
    static ImageSource of(String image, String checksum) {
        Given.check("an image", "image", image, "checksum", checksum);
        return ImageText.read(image, checksum);
    }
}
