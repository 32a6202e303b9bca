package io.github.taplab.internal.cli;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.doctor.Doctor;
import io.github.taplab.internal.doctor.Finding;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.report.Merge;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what the command is told, and does it. */
final class CommandLine {

    static final String USAGE = """
            usage: java -jar taplab-VERSION-standalone.jar COMMAND
              doctor                        what this machine can do, and what helps where something is missing
              images [--lab]                what Taplab keeps on the Docker host and in its cache; with --lab only the
                                            name of the lab image that the settings ask for, and no engine is asked
              clean [--dry-run] [--all]     removes what is of other versions; with --all also what is of this one
              report merge OUT.html IN...   joins pages, and those in folders, of several runs or shards into one page
            Settings are system properties before -jar, or environment variables: -Dtaplab.cache=FOLDER, TAPLAB_CACHE
            """;

    private static final String COMMANDS = "doctor, images, clean or report merge (see --help)";
    private static final String DRY_RUN = "--dry-run";
    private static final String LAB = "--lab";
    private static final String ALL = "--all";

    private final PrintStream out;
    private final PrintStream err;

    CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Does what it is told; the exit code. */
    int run(String... arguments) {
        if (arguments.length == 0) {
            return wrong("a command is missing: " + COMMANDS);
        }
        List<String> options = List.of(arguments).subList(1, arguments.length);
        try {
            return switch (arguments[0]) {
                case "doctor" -> options.isEmpty() ? doctor() : wrong("doctor takes no arguments, found " + options);
                case "images" -> images(options);
                case "clean" -> clean(options);
                case "report" -> report(options);
                case "help", "--help", "-h" -> help();
                default -> wrong("no command \"%s\": %s".formatted(arguments[0], COMMANDS));
            };
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        } catch (LabUnavailableException e) {
            err.println("taplab: " + e.getMessage());
            return 1;
        } catch (RuntimeException e) {
            err.println("taplab: " + e);
            return 1;
        }
    }

    private int help() {
        out.print(USAGE);
        return 0;
    }

    private int doctor() {
        List<Finding> findings = new Doctor(SettingSource.ofTheJvm(), this::progress).examine();
        DoctorTable.lines(findings).forEach(out::println);
        return DoctorTable.canRunLabs(findings) ? 0 : 1;
    }

    private int images(List<String> options) {
        if (options.equals(List.of(LAB))) {
            out.println(new BuiltImages(settings()).wantedLab());
            return 0;
        }
        return options.isEmpty()
                ? new Housekeeping(settings(), out, err).show()
                : wrong("images takes %s or nothing, found %s".formatted(LAB, options));
    }

    private int clean(List<String> options) {
        Set<String> unknown = new TreeSet<>(options);
        unknown.removeAll(Set.of(DRY_RUN, ALL));
        if (!unknown.isEmpty()) {
            return wrong("clean takes %s and %s, found %s".formatted(DRY_RUN, ALL, unknown));
        }
        return new Housekeeping(settings(), out, err).clean(options.contains(ALL), options.contains(DRY_RUN));
    }

    private int report(List<String> options) {
        if (options.size() < 3 || !options.get(0).equals("merge")) {
            return wrong("report needs to be told: merge OUT.html IN...");
        }
        List<Path> pages = options.stream().skip(1).map(Path::of).toList();
        return Merge.run(err, pages.get(0), pages.subList(1, pages.size()));
    }

    private static Settings settings() {
        return Settings.read(SettingSource.ofTheJvm());
    }

    private void progress(String what) {
        err.println("taplab: " + what);
    }

    private int wrong(String sentence) {
        err.println("taplab: " + sentence);
        return Main.WRONG_USE;
    }
}
