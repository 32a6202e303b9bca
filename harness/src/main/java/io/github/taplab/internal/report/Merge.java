package io.github.taplab.internal.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Joins the pages of several runs, or of the shards of one. */
public final class Merge {

    private Merge() {}

    /**
     * Joins them.
     *
     * @param out the page of all
     * @param pages of runs, or folders with the pages of a run's JVMs
     * @param err gets a sentence for each page that is none
     * @return the exit code: 0, or 1 if there is such a page, and then no page of all
     */
    public static int run(PrintStream err, Path out, List<Path> pages) {
        List<String> problems = new ArrayList<>();
        List<Read> runs = new ArrayList<>();
        for (Path page : pages.stream().flatMap(place -> pages(place, problems)).toList()) {
            try {
                runs.add(new Read(page, BesidePage.of(page).inline(Inlined.read(Files.readString(page)))));
            } catch (NoSuchFileException e) {
                problems.add(page + " is not there");
            } catch (IOException e) {
                problems.add(page + " can't be merged: " + e.getMessage());
            }
        }
        if (problems.isEmpty()) {
            try {
                ReportFile.write(joined(runs), out);
            } catch (IOException e) {
                problems.add(out + " can't be written: " + e.getMessage());
            }
        }
        problems.forEach(err::println);
        return problems.isEmpty() ? 0 : 1;
    }

    /** The pages of a folder, as JVMs side by side name theirs; a page itself. */
    private static Stream<Path> pages(Path place, List<String> problems) {
        if (!Files.isDirectory(place)) {
            return Stream.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            List<Path> pages = files.filter(file -> Fork.isPage(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
            if (pages.isEmpty()) {
                problems.add(place + " has no report.html");
            }
            return pages.stream();
        } catch (IOException e) {
            problems.add(place + " can't be read: " + e.getMessage());
            return Stream.empty();
        }
    }

    /** A page, and what it tells. */
    record Read(Path page, RunReport report) {}

    static RunReport joined(List<Read> runs) {
        List<RunReport> reports = runs.stream().map(Read::report).toList();
        Instant began = reports.stream()
                .map(RunReport::began)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        // Shards ran side by side, runs one after the other: either way the time that was spent.
        Duration took = reports.stream().map(RunReport::took).reduce(Duration.ZERO, Duration::plus);
        return new RunReport(
                distinct(reports.stream().map(RunReport::title)),
                began,
                took,
                distinct(reports.stream().map(RunReport::machine)),
                reports.stream().mapToInt(RunReport::withoutLab).sum(),
                runs.stream().flatMap(Merge::ofRun).toList(),
                "");
    }

    private static Stream<ClassReport> ofRun(Read run) {
        // What was merged before keeps the name that it had then.
        return run.report().classes().stream()
                .map(one -> one.run().isEmpty() ? one.ofRun(run.page().toString()) : one);
    }

    private static String distinct(Stream<String> names) {
        return names.distinct().collect(Collectors.joining("; "));
    }
}
