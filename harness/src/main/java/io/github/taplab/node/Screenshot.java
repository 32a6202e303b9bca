package io.github.taplab.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A picture of a guest's screen. */
@API(status = Status.STABLE, since = "0.1.0")
public final class Screenshot {

    private final byte[] png;

    /** A picture in the PNG format. */
    public Screenshot(byte[] png) {
        this.png = png.clone();
    }

    /** The picture in the PNG format. */
    public byte[] png() {
        return png.clone();
    }

    /**
     * Writes the PNG. With JUnit's {@code TestReporter} it becomes an attachment of the test:
     * {@code reporter.publishFile("screen.png", MediaType.IMAGE_PNG, guest.screenshot()::writeTo)}.
     *
     * @throws IOException if that file can't be written
     */
    public void writeTo(Path file) throws IOException {
        Files.write(file, png);
    }
}
