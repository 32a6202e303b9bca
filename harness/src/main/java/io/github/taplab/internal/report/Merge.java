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

/** Joins the pages of several runs, or of the shards of one: {@code Merge OUT PAGE...}. */
public final class Merge {

    private static final String USAGE = "usage: merge OUT.html PAGE.html...";

    private Merge() {}

    /** Ends with 0, or with 1 and a sentence for each page that is none. */
    public static void main(String... arguments) {
        System.exit(run(System.err, arguments));
    }

    static int run(PrintStream err, String... arguments) {
        if (arguments.length < 2) {
            err.println(USAGE);
            return 2;
        }
        Path out = Path.of(arguments[0]);
        List<String> problems = new ArrayList<>();
        List<Read> runs = new ArrayList<>();
        for (Path page : Stream.of(arguments).skip(1).map(Path::of).toList()) {
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
