package io.github.taplab.internal.guestimage;

import io.github.taplab.spec.Digest;
import io.github.taplab.spec.ImageSource.Remote;
import java.net.URI;

/**
 * What shall be fetched.
 *
 * @param name for messages
 * @param uri where it is
 * @param digest what it must have
 */
record Wanted(String name, URI uri, Digest digest) {

    static Wanted of(Remote source) {
        String path = source.uri().getPath();
        String file = path.substring(path.lastIndexOf('/') + 1);
        return new Wanted(file.isEmpty() ? "image" : file, source.uri(), source.digest());
    }

    static Wanted of(KnownImage image) {
        return new Wanted(image.name(), image.source().uri(), image.source().digest());
    }

    /** With its place. */
    @Override
    public String toString() {
        return "%s from %s".formatted(name, uri);
    }
}
