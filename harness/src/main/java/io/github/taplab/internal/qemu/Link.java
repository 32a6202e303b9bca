package io.github.taplab.internal.qemu;

import io.github.taplab.internal.docker.ByteStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/**
 * The way to what answers in a launcher.
 *
 * @param from what it says
 * @param to what is said to it
 * @param complaints what has been written to standard error so far
 * @param end breaks it
 */
record Link(InputStream from, OutputStream to, Supplier<String> complaints, Runnable end) {

    /** The standard streams of a process. */
    static Link over(ByteStream stream) {
        return new Link(stream.fromProcess(), stream.toProcess(), stream::stderr, stream::close);
    }
}
