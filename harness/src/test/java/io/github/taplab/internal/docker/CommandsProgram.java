package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.GivenSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The lab image's {@code commands}, compiled as the image's build does it, once for all tests of a JVM. */
final class CommandsProgram {

    private static final String SOURCE = "/io/github/taplab/images/lab/commands.c";

    private CommandsProgram() {}

    /** Where it is. Without a compiler the test is skipped, or fails where {@code taplab.required=true}. */
    static String file() {
        try {
            return Compiled.FILE.toString();
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            if (GivenSettings.read().required()) {
                throw new AssertionError("commands.c can't be compiled, and taplab.required=true", e);
            }
            return Assumptions.abort("commands.c can't be compiled: " + e.getCause());
        }
    }

    private static final class Compiled {

        static final Path FILE = compile();

        private static Path compile() {
            try (InputStream source = CommandsProgram.class.getResourceAsStream(SOURCE)) {
                Path folder = Files.createTempDirectory("taplab-commands");
                folder.toFile().deleteOnExit();
                Path text = folder.resolve("commands.c");
                Path program = folder.resolve("commands");
                text.toFile().deleteOnExit();
                program.toFile().deleteOnExit();
                Files.write(text, source.readAllBytes());
                run("cc", "-std=gnu11", "-O2", "-o", program.toString(), text.toString());
                return program;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void run(String... command) throws IOException {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            try {
                assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            assertThat(process.exitValue()).as(said).isZero();
        }
    }
}
