package io.github.taplab.internal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of a run's JVMs in one folder. */
final class ForkPages {

    private static final Logger LOG = LoggerFactory.getLogger(ForkPages.class);

    private final Path folder;
    private final Fork fork;

    ForkPages(Path folder, Fork fork) {
        this.folder = folder;
        this.fork = fork;
    }

    /** Where this JVM's page is. */
    Path own() {
        return folder.resolve(fork.page());
    }

    /** What earlier JVMs of the run have written in this one's place, with all files; of another run's page nothing. */
    Optional<RunReport> earlier() {
        return read(own()).filter(fork::goesOn);
    }

    /** Takes away pages beside this JVM's that tell of another run: that may have had more JVMs. */
    void clear() {
        try (Stream<Path> pages = Files.list(folder)) {
            List<Path> others = pages.filter(
                            page -> String.valueOf(page.getFileName()).matches("report-[0-9]+\\.html"))
                    .filter(page -> !page.equals(own()))
                    .filter(page ->
                            read(page).filter(told -> !fork.goesOn(told)).isPresent())
                    .toList();
            for (Path page : others) {
                ReportFile.delete(page);
            }
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException e) {
            LOG.info("Pages of earlier runs in {} stay: {}", folder, e.toString());
        }
    }

    private static Optional<RunReport> read(Path page) {
        try {
            return Optional.of(BesidePage.of(page).inline(Inlined.read(Files.readString(page))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.info("{} can't be read: {}", page, e.toString());
            return Optional.empty();
        }
    }
}
