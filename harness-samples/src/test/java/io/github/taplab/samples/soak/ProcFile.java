package io.github.taplab.samples.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A process of this machine as proc(5) shows it.
 *
 * @param folder {@code /proc/PID}
 */
record ProcFile(Path folder) {

    private static final Path PROC = Path.of("/proc");

    static ProcFile self() {
        return new ProcFile(PROC.resolve("self"));
    }

    /** The oldest process of a name, if one runs. */
    static Optional<ProcFile> named(String name) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            all.forEach(folders::add);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read /proc", e);
        }
        return folders.stream()
                .sorted(Comparator.comparing(
                        folder -> Long.parseLong(folder.getFileName().toString())))
                .filter(folder -> read(folder.resolve("comm")).strip().equals(name))
                .map(ProcFile::new)
                .findFirst();
    }

    /** Its memory, in MiB. */
    OptionalDouble memory() {
        OptionalDouble kibibytes = status("VmRSS:");
        return kibibytes.isPresent() ? OptionalDouble.of(kibibytes.getAsDouble() / 1024) : kibibytes;
    }

    OptionalDouble threads() {
        return status("Threads:");
    }

    private OptionalDouble status(String key) {
        return read(folder.resolve("status"))
                .lines()
                .filter(line -> line.startsWith(key))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")))
                .findFirst();
    }

    /** Its open file descriptors. Those of other users' processes only root sees. */
    OptionalDouble descriptors() {
        int count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.resolve("fd"))) {
            for (Path ignored : all) {
                count++;
            }
            return OptionalDouble.of(count);
        } catch (IOException | DirectoryIteratorException notToBeSeen) {
            return OptionalDouble.empty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException goneMeanwhile) {
            return "";
        }
    }
}
