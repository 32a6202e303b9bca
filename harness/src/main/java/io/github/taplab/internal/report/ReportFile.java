package io.github.taplab.internal.report;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The page's file, and the folder beside it. */
final class ReportFile {

    private static final String ENDING = ".html";

    private ReportFile() {}

    /**
     * Writes both. Who opens the page meanwhile sees the one before.
     *
     * @param page such as {@code target/taplab/report.html}, with {@code report-files} beside it
     */
    static void write(RunReport report, Path page) throws IOException {
        Path parent = page.toAbsolutePath().normalize().getParent();
        Path name = page.getFileName();
        if (parent == null || name == null) {
            throw new IOException(page + " is no file");
        }
        Files.createDirectories(parent);
        String stem = stem(name);
        String folder = folder(name);
        Fitted fitted = Budget.fit(report, folder);
        String html = Page.of(fitted.report());
        clear(parent.resolve(folder));
        for (Map.Entry<String, Attachment> each : fitted.beside().entrySet()) {
            Path file = parent.resolve(each.getKey());
            Files.createDirectories(parent.resolve(folder));
            Files.write(file, each.getValue().bytes());
        }
        Path written = Files.createTempFile(parent, stem, ".part");
        try {
            Files.writeString(written, html);
            move(written, parent.resolve(name));
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Deletes a page, and what it has beside it. */
    static void delete(Path page) throws IOException {
        Path name = page.getFileName();
        if (name != null) {
            clear(page.resolveSibling(folder(name)));
            Files.deleteIfExists(page);
        }
    }

    private static String stem(Path name) {
        String text = name.toString();
        return text.endsWith(ENDING) ? text.substring(0, text.length() - ENDING.length()) : text;
    }

    private static String folder(Path name) {
        return Told.fileName(stem(name)) + "-files";
    }

    private static void move(Path from, Path to) throws IOException {
        // A temporary file is its owner's alone, and a page is for all.
        from.toFile().setReadable(true, false);
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Takes away what the page before had beside it, and nothing that somebody else has put there. */
    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> own = files.filter(
                            file -> String.valueOf(file.getFileName()).matches("c[0-9]+(t[0-9]+)?-.*"))
                    .toList();
            for (Path file : own) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else's files are in it.
            return;
        }
    }
}
