package io.github.taplab.internal.report;

import io.github.taplab.internal.report.ClassReport.PhaseReport;
import io.github.taplab.internal.timeline.Event.Verdict;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the page says things: the words and numbers of its templates. */
public final class Told {

    public static final List<Verdict> VERDICTS = List.of(Verdict.FAILED, Verdict.PASSED, Verdict.ABORTED);

    private static final int WIDTH = 1000;
    private static final int LONGEST_LINE = 160;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]+");

    private Told() {}

    /**
     * A piece of a bar.
     *
     * @param x where it begins, of a thousand
     */
    public record Part(String style, int x, int width) {}

    public static String title(RunReport report) {
        int failed = report.count(Verdict.FAILED);
        return (failed == 0 ? "%s: passed" : "%s: " + failed + " failed").formatted(report.title());
    }

    public static String word(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "passed";
            case FAILED -> "failed";
            case ABORTED -> "skipped";
        };
    }

    public static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "✓";
            case FAILED -> "✗";
            case ABORTED -> "–";
        };
    }

    public static String style(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    public static String date(Instant instant) {
        return DATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    public static String time(Duration took) {
        long millis = took.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return millis < 60_000
                ? "%.1f s".formatted(millis / 1000.0)
                : "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart());
    }

    public static String at(Instant began, Instant at) {
        return "%+.3f s".formatted(Duration.between(began, at).toMillis() / 1000.0);
    }

    public static String tests(int count) {
        return count == 1 ? "1 test" : count + " tests";
    }

    public static String lines(String text) {
        long lines = text.lines().count();
        return lines == 1 ? "1 line" : lines + " lines";
    }

    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        return bytes < 1_000_000 ? "%d kB".formatted(bytes / 1000) : "%.1f MB".formatted(bytes / 1_000_000.0);
    }

    public static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }

    /** Whether a step has more than its line can say. */
    public static boolean fold(StepReport step) {
        return !step.sequence().isEmpty()
                || !firstLine(step.result()).equals(step.result().strip());
    }

    public static Duration sum(List<PhaseReport> phases) {
        return phases.stream().map(PhaseReport::took).reduce(Duration.ZERO, Duration::plus);
    }

    public static List<Part> parts(List<PhaseReport> phases) {
        List<String> styles = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            styles.add("p" + i % 4);
        }
        return parts(
                styles, phases.stream().map(phase -> phase.took().toMillis()).toList());
    }

    public static List<Part> shares(RunReport report) {
        return parts(
                VERDICTS.stream().map(Told::style).toList(),
                VERDICTS.stream().map(verdict -> (long) report.count(verdict)).toList());
    }

    private static List<Part> parts(List<String> styles, List<Long> sizes) {
        long all = Math.max(1, sizes.stream().mapToLong(Long::longValue).sum());
        List<Part> parts = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < sizes.size(); i++) {
            int x = (int) (before * WIDTH / all);
            before += sizes.get(i);
            parts.add(new Part(styles.get(i), x, (int) (before * WIDTH / all) - x));
        }
        return parts;
    }

    /** A link to a file beside the page, and never to anywhere else. */
    public static String link(Attachment file) {
        try {
            return new URI(null, null, "./" + file.file(), null).toASCIIString();
        } catch (URISyntaxException e) {
            return "#";
        }
    }

    public static String mediaType(Attachment file) {
        return MEDIA_TYPE.matcher(file.mediaType()).matches() ? file.mediaType() : "application/octet-stream";
    }

    public static String digest(Attachment file) {
        return Inlined.digest(file.base64());
    }

    public static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
    }
}
