package io.github.taplab.internal.ring;

import io.github.taplab.internal.docker.ByteStream;
import java.io.InputStream;
import java.io.OutputStream;

/** The standard streams of a recorder that runs. */
interface Recorder extends AutoCloseable {

    InputStream answers();

    OutputStream requests();

    /** What it has written to its standard error. */
    String lastWords();

    @Override
    void close();

    /** One in a container. */
    static Recorder of(ByteStream process) {
        return new Recorder() {
            @Override
            public InputStream answers() {
                return process.fromProcess();
            }

            @Override
            public OutputStream requests() {
                return process.toProcess();
            }

            @Override
            public String lastWords() {
                return process.stderr().strip();
            }

            @Override
            public void close() {
                process.close();
            }
        };
    }
}
