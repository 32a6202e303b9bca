package io.github.taplab.internal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;

/** The files beside a page, which a merge has to take along. */
final class BesidePage {

    private final Path folder;

    private BesidePage(Path folder) {
        this.folder = folder;
    }

    static BesidePage of(Path page) {
        Path parent = page.toAbsolutePath().normalize().getParent();
        return new BesidePage(parent == null ? Path.of("") : parent);
    }

    /** The report with all of its files in it; of one that is lost, its name. */
    RunReport inline(RunReport report) throws IOException {
        return Attachments.changed(report, this::inline);
    }

    private Attachment inline(Attachment attachment) throws IOException {
        if (!attachment.isBeside()) {
            return attachment;
        }
        try {
            Path file = folder.resolve(attachment.file()).normalize();
            // A page must not make whoever merges it give away another file.
            if (!file.startsWith(folder) || !file.toRealPath().startsWith(folder.toRealPath())) {
                throw new IOException("it names a file that is not beside it");
            }
            return attachment.inside(Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return attachment.inside("");
        } catch (InvalidPathException e) {
            throw new IOException("it names a file that can't be", e);
        }
    }
}
