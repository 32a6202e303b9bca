package io.github.taplab.internal.console;

import io.github.taplab.internal.docker.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A connection to a console. */
public final class Wire implements AutoCloseable {

    private final InputStream fromGuest;
    private final OutputStream toGuest;
    private final Supplier<String> complaints;
    private final Runnable end;

    /**
     * A connection that is open.
     *
     * @param fromGuest what the guest says
     * @param toGuest what is typed
     * @param complaints what the program between has to say of its troubles
     * @param end breaks the connection
     */
    public Wire(InputStream fromGuest, OutputStream toGuest, Supplier<String> complaints, Runnable end) {
        this.fromGuest = fromGuest;
        this.toGuest = toGuest;
        this.complaints = complaints;
        this.end = end;
    }

    public OutputStream toGuest() {
        return toGuest;
    }

    public Supplier<String> complaints() {
        return complaints;
    }

    /** The standard streams of a process in a container. */
    public static Wire over(ByteStream stream) {
        return new Wire(stream.fromProcess(), stream.toProcess(), stream::stderr, stream::close);
    }

    /**
     * Reads in a thread of its own until the connection ends, and closes it then.
     *
     * @param text gets all that comes, piece by piece
     * @param ended gets the reason
     */
    void read(Consumer<String> text, Consumer<String> ended) {
        Thread reader = new Thread(
                () -> {
                    try (this;
                            Reader in = new InputStreamReader(fromGuest, StandardCharsets.UTF_8)) {
                        char[] buffer = new char[8192];
                        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                            text.accept(new String(buffer, 0, count));
                        }
                    } catch (IOException broken) {
                        // The same as an end.
                    }
                    ended.accept("its connection is closed: " + complaints.get().strip());
                },
                "taplab-console");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void close() {
        end.run();
    }
}
