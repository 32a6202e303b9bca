package io.github.taplab.internal.qemu;

import io.github.taplab.internal.docker.ByteStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** The way to what answers in a launcher. */
final class Link {

    private final InputStream from;
    private final OutputStream to;
    private final Supplier<String> complaints;
    private final Runnable end;

    /**
     * A way that is open.
     *
     * @param from what it says
     * @param to what is said to it
     * @param complaints what has been written to standard error so far
     * @param end breaks it
     */
    Link(InputStream from, OutputStream to, Supplier<String> complaints, Runnable end) {
        this.from = from;
        this.to = to;
        this.complaints = complaints;
        this.end = end;
    }

    OutputStream to() {
        return to;
    }

    InputStream from() {
        return from;
    }

    Runnable end() {
        return end;
    }

    Supplier<String> complaints() {
        return complaints;
    }

    /** The standard streams of a process. */
    static Link over(ByteStream stream) {
        return new Link(stream.fromProcess(), stream.toProcess(), stream::stderr, stream::close);
    }
}
